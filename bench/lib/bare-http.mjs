// node:http and JSON, nothing else: what a request costs at the least.
import { createServer } from 'node:http';

createServer((request, response) => {
  const answer = (value) => {
    const text = JSON.stringify(value);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
  };
  if (request.method === 'GET') return answer({ status: 'ok' });
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => answer({ stream: 'bare', revision: 1, position: String(Object.keys(JSON.parse(Buffer.concat(chunks)).input).length) }));
}).listen(Number(process.env.PORT), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
