// Two floors of the live feed, by the environment: a bare socket.io server, or WebSockets to which one prepared frame is written.
// POST /payload sets what is sent; POST /act sends it to everybody.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
let payload = '42/live,["activity",{}]';
let broadcast;

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    if (request.url === '/payload') payload = Buffer.concat(chunks).toString();
    if (request.url === '/act') broadcast();
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 2 }).end('{}');
  });
});

function frameOf(text) {
  const body = Buffer.from(text);
  const head = body.length < 126 ? Buffer.from([0x81, body.length]) : Buffer.from([0x81, 126, body.length >> 8, body.length & 255]);
  return Buffer.concat([head, body]);
}

if (process.env.FLOOR === 'frames') {
  const sockets = new Set();
  server.on('upgrade', (request, socket) => {
    const accept = createHash('sha1').update(request.headers['sec-websocket-key'] + GUID).digest('base64');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    // What clients say here is read and let go.
    socket.resume();
  });
  broadcast = () => {
    const frame = frameOf(payload);
    for (const socket of sockets) socket.write(frame);
  };
} else {
  const live = new Server(server, { serveClient: false, perMessageDeflate: false, transports: ['websocket'] }).of('/live');
  live.on('connection', (socket) => {
    socket.on('follow', (_, answer) => {
      void socket.join('everybody');
      answer({ ok: true });
    });
  });
  broadcast = () => {
    const [event, message] = JSON.parse(payload.slice(payload.indexOf(',') + 1));
    live.to('everybody').emit(event, message);
  };
}
server.listen(Number(process.env.PORT), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
