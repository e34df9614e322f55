// Many sockets in one process, over the WebSocket of Node itself: they speak as much of engine.io and socket.io as following needs,
// so that what is measured is the server and not a client library. Started by `Clients`; told what to do by messages:
// `name`, `count`, `urls` over which they are spread; `plain` for no engine.io; `session` for headers with which each fetches its ticket;
// `act` for what the acts look like that are waited for; `never` for what must not come; `ordered` where positions must grow.
const POSITION = /^42\/live,\["activity",\{"position":"(\d+)"/;
/** A session has so few tickets open at once, over all processes. */
const [AT_ONCE, WITH_TICKETS] = [50, 4];

/** By name: its sockets, how many have the running act, and the times at which they got it. */
const groups = new Map();

async function authOf(url, session) {
  if (session === undefined) return '';
  const answer = await fetch(`${url.replace('ws:', 'http:')}/api/v1/session/ticket`, { method: 'POST', headers: { ...session, 'content-type': 'application/json' }, body: '{}' });
  if (answer.status !== 200) throw new Error(`a ticket was refused: ${answer.status}`);
  return JSON.stringify({ ticket: (await answer.json()).ticket });
}

async function follower(group, url) {
  const { plain, session, ordered, act, never } = group;
  const auth = await authOf(url, session);
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(plain ? url : `${url}/socket.io/?EIO=4&transport=websocket`);
    let last = 0n;
    let open = false;
    socket.onerror = () => reject(new Error(`a socket to ${url} failed`));
    socket.onclose = () => open && !group.closing && process.send({ lost: group.name });
    const ready = () => {
      open = true;
      resolve(socket);
    };
    if (plain) socket.onopen = ready;
    socket.onmessage = ({ data }) => {
      if (data.startsWith('42')) {
        if (never?.test(data)) process.send({ wrong: `a socket of ${group.name} had what it may not read: ${data.slice(0, 200)}` });
        if (!act?.test(data)) return;
        if (ordered) {
          const position = BigInt(POSITION.exec(data)[1]);
          if (position <= last) process.send({ wrong: `position ${position} after ${last}` });
          last = position;
        }
        group.took(process.hrtime.bigint());
      } else if (data === '2') socket.send('3');
      else if (data.startsWith('0')) socket.send(`40/live,${auth}`);
      else if (data.startsWith('40/live')) socket.send('42/live,0["follow",{}]');
      else if (data.startsWith('44/live')) reject(new Error(`a socket to ${url} was refused: ${data}`));
      else if (data.startsWith('43/live,0')) ready();
    };
  });
}

async function connect({ name, count, urls, act, never, ...target }) {
  const times = [];
  const group = {
    ...target, name, sockets: [], act: act && new RegExp(act), never: never && new RegExp(never),
    took(at) {
      if (times.push(at) < count) return;
      process.send({ name, times: times.map(String) });
      times.length = 0;
    },
  };
  groups.set(name, group);
  const most = group.session === undefined ? AT_ONCE : WITH_TICKETS;
  for (let n = 0; n < count; n = group.sockets.length)
    group.sockets.push(...(await Promise.all(Array.from({ length: Math.min(most, count - n) }, (_, i) => follower(group, urls[(n + i) % urls.length])))));
  process.send({ connected: name });
}

async function close(name) {
  const group = groups.get(name);
  groups.delete(name);
  group.closing = true;
  await Promise.all(
    group.sockets.map((socket) => {
      const closed = new Promise((resolve) => socket.addEventListener('close', resolve));
      socket.close();
      return closed;
    }),
  );
  process.send({ closed: name });
}

process.on('message', (message) => {
  (message.close === undefined ? connect(message) : close(message.close)).catch((error) => process.send({ wrong: error.message }));
});
process.once('disconnect', () => process.exit(0));
