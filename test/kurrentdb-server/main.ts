import { parseArgs } from 'node:util';
import { type KurrentNode, startKurrentServer } from './server.ts';

const USAGE =
  'node main.ts --data <folder> [--port n] [--tls-key file --tls-cert file] [--user name --password word] [--nodes host:port:state,...]';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    port: { type: 'string', default: '0' },
    'tls-key': { type: 'string' },
    'tls-cert': { type: 'string' },
    user: { type: 'string' },
    password: { type: 'string' },
    nodes: { type: 'string' },
    'system-every': { type: 'string' },
    // For whoever starts it: no server outlives them.
    'until-stdin-ends': { type: 'boolean', default: false },
  },
});
if (values.data === undefined) throw new Error(USAGE);

const server = await startKurrentServer({
  folder: values.data,
  port: Number(values.port),
  ...(values['tls-key'] && values['tls-cert'] ? { tls: { keyFile: values['tls-key'], certFile: values['tls-cert'] } } : {}),
  ...(values.user ? { login: { user: values.user, password: values.password ?? '' } } : {}),
  ...(values.nodes ? { nodes: values.nodes.split(',').map(nodeOf) } : {}),
  ...(values['system-every'] ? { systemEvery: Number(values['system-every']) } : {}),
});

const stop = (): void => void server.stop().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
if (values['until-stdin-ends']) process.stdin.on('end', () => process.exit(0)).resume();
console.log(JSON.stringify({ port: server.port, pid: process.pid }));

function nodeOf(text: string): KurrentNode {
  const [address = '', port, state = 'leader'] = text.split(':');
  return { address, port: Number(port), state: state as KurrentNode['state'] };
}
