import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type Proxy, startProxy } from './proxy.ts';

describe('the proxy of the fault tests', () => {
  let echo: Server;
  let received: string;
  let accepted: Socket[];
  let proxy: Proxy;
  let clients: Socket[];

  beforeEach(async () => {
    received = '';
    accepted = [];
    clients = [];
    echo = createServer({ allowHalfOpen: true }, (socket) => {
      accepted.push(socket);
      socket.on('error', () => undefined);
      socket.on('data', (chunk: Buffer) => {
        received += chunk.toString();
        socket.write(chunk);
      });
      socket.on('end', () => socket.end('bye'));
    });
    echo.listen(0, '127.0.0.1');
    await once(echo, 'listening');
    proxy = await startProxy({ target: { port: (echo.address() as AddressInfo).port } });
  });
  afterEach(async () => {
    for (const socket of [...clients, ...accepted]) socket.destroy();
    await proxy.close();
    echo.close();
  });

  function client() {
    const socket = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
    clients.push(socket);
    const heard = { text: '', ended: false, closed: '' };
    socket.on('data', (chunk: Buffer) => (heard.text += chunk.toString()));
    socket.on('end', () => (heard.ended = true));
    socket.on('error', (error: NodeJS.ErrnoException) => (heard.closed = error.code ?? 'error'));
    socket.on('close', () => (heard.closed ||= 'closed'));
    return { socket, heard };
  }
  async function until(condition: () => boolean): Promise<void> {
    for (let i = 0; i < 400 && !condition(); i++) await wait(5);
    expect(condition()).toBe(true);
  }

  it('passes bytes and ends both ways', async () => {
    const { socket, heard } = client();
    socket.end('hello');
    await until(() => heard.ended);
    expect(heard.text).toBe('hellobye');
    await until(() => proxy.connections === 0);
  });

  it('passes more than fits into the buffers, whole and in order', async () => {
    const { socket, heard } = client();
    const sent = Array.from({ length: 400_000 }, (_, i) => String(i)).join(',');
    socket.end(sent);
    await until(() => heard.ended);
    expect(heard.text === `${sent}bye`).toBe(true);
  });

  it('cuts: resets what is open, refuses what comes, until it is healed', async () => {
    const { socket, heard } = client();
    socket.write('a');
    await until(() => heard.text === 'a');
    expect(proxy.connections).toBe(1);
    await proxy.cut();
    await until(() => heard.closed === 'ECONNRESET');
    expect(proxy.connections).toBe(0);
    const refused = client();
    await until(() => refused.heard.closed === 'ECONNREFUSED');
    await proxy.heal();
    const again = client();
    again.socket.write('b');
    await until(() => again.heard.text === 'b');
  });

  it('is half-open: silence both ways, no close passes; what was held passes when it is healed', async () => {
    const { socket, heard } = client();
    socket.write('a');
    await until(() => heard.text === 'a');
    proxy.halfOpen();
    socket.write('b');
    accepted[0]!.write('from the server');
    const late = client();
    late.socket.write('c');
    await wait(50);
    expect(heard).toEqual({ text: 'a', ended: false, closed: '' });
    expect(late.heard.closed).toBe('');
    expect(received).toBe('a');
    late.socket.destroy();
    accepted[0]!.end();
    await wait(50);
    expect([accepted.length, heard.ended]).toEqual([1, false]);
    await proxy.heal();
    await until(() => heard.text.includes('from the server') && received.includes('b') && heard.ended);
  });

  it('is slow', async () => {
    const { socket, heard } = client();
    proxy.slow(40);
    const began = performance.now();
    socket.write('a');
    await until(() => heard.text === 'a');
    expect(performance.now() - began).toBeGreaterThanOrEqual(78);
  });

  it('loses answers: the server hears, the client does not; healing cuts that connection only', async () => {
    const { socket, heard } = client();
    const other = client();
    other.socket.write('o');
    await until(() => other.heard.text === 'o');
    proxy.loseAnswers();
    socket.write('a');
    await until(() => received === 'oa');
    await wait(30);
    expect(heard.text).toBe('');
    await proxy.heal();
    await until(() => heard.closed === 'ECONNRESET');
    other.socket.write('p');
    await until(() => other.heard.text === 'op');
  });

  it('goes where the target is', async () => {
    const other = createServer((socket) => socket.on('error', () => undefined).end('other'));
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    proxy.target = { port: (other.address() as AddressInfo).port };
    const { socket, heard } = client();
    await until(() => heard.text === 'other');
    socket.end();
    other.close();
  });

  it('passes on that the server is not there', async () => {
    proxy.target = { port: 1 };
    const { heard } = client();
    await until(() => heard.closed !== '');
    expect(proxy.connections).toBe(0);
  });
});
