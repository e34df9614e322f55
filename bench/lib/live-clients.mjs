// Many sockets in one process, over the WebSocket of Node itself: they speak as much of engine.io and socket.io as following needs,
// so that what is measured is the server and not a client library. Started by the live benchmark; told what to do by messages.
const ACT = /"type":"(?:RecessBegan|SittingsResumed)"/;
const POSITION = /^42\/live,\["activity",\{"position":"(\d+)"/;

/** By name of the server: its sockets, how many have the running act, and the times at which they got it. */
const groups = new Map();

function follower(group, { url, plain }) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(plain ? url : `${url}/socket.io/?EIO=4&transport=websocket`);
    let last = 0n;
    let open = false;
    socket.onerror = () => reject(new Error(`a socket to ${url} failed`));
    socket.onclose = () => open && process.send({ lost: group.name });
    const ready = () => {
      open = true;
      resolve(socket);
    };
    if (plain) socket.onopen = ready;
    socket.onmessage = ({ data }) => {
      if (data.startsWith('42')) {
        if (!ACT.test(data)) return;
        if (group.ordered) {
          const position = BigInt(POSITION.exec(data)[1]);
          if (position <= last) process.send({ wrong: `position ${position} after ${last}` });
          last = position;
        }
        group.took(process.hrtime.bigint());
      } else if (data === '2') socket.send('3');
      else if (data.startsWith('0')) socket.send('40/live,');
      else if (data.startsWith('40/live')) socket.send('42/live,0["follow",{}]');
      else if (data.startsWith('43/live,0')) ready();
    };
  });
}

async function connect({ name, count, ordered, ...target }) {
  const times = [];
  const group = {
    name, ordered, sockets: [],
    took(at) {
      if (times.push(at) < count) return;
      process.send({ name, times: times.map(String) });
      times.length = 0;
    },
  };
  groups.set(name, group);
  while (group.sockets.length < count)
    group.sockets.push(...(await Promise.all(Array.from({ length: Math.min(50, count - group.sockets.length) }, () => follower(group, target)))));
  process.send({ connected: name });
}

process.on('message', (message) => {
  connect(message).catch((error) => process.send({ wrong: String(error) }));
});
process.once('disconnect', () => process.exit(0));
