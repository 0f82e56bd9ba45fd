import { mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { UsageError } from '../errors.js';
import { socketUrl } from '../executors/broker/address.js';
import {
  BrokerProcess,
  foldersOf,
  isExecutable,
  requireShortPath,
  type StartServer,
} from './broker-process.js';

/** By the engine that is asked for: programs that are one, the first that is there is taken. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  any: ['valkey-server', 'redis-server'],
  redis: ['redis-server'],
  valkey: ['valkey-server'],
};

const HOW_TO_GET_ONE =
  'Install one (Debian, Ubuntu: apt-get install redis-server; macOS: brew install valkey), or give one by --broker redis://HOST:6379.';

/** Short, as temporary folders are not. */
const SOCKET_NAME = 's';

/** @throws UsageError where no such program is on the PATH */
export function findServer(backend: string, path = process.env.PATH ?? ''): string {
  const programs = PROGRAMS[backend] ?? [];
  const files = programs.flatMap(program => foldersOf(path).map(folder => join(folder, program)));
  const found = files.find(isExecutable);
  if (found !== undefined) return found;
  throw new UsageError('bullmq', `a broker (${programs.join(' or ')} on the PATH)`, 'none', HOW_TO_GET_ONE);
}

/** A Redis or Valkey on a socket in a private folder. */
export const startRedis: StartServer = async ({ backend, persistence }, care) => {
  const program = findServer(backend);
  const within = care.folder();
  // That its owner alone may enter.
  const folder = mkdtempSync(join(within, 'b'));
  const socket = join(folder, SOCKET_NAME);
  requireShortPath(socket, within);
  const command = { program, args: brokerSettings(socket, folder, persistence), folder };
  const server = await BrokerProcess.start(command, care);
  await server.ready(() => accepts(socket));
  return { process: server, address: { url: socketUrl('redis', socket), caFile: null } };
};

/** @param persistence `appendonly`: each change is written to the folder, and synced every second; `durable`: synced at once */
export function brokerSettings(socket: string, folder: string, persistence: string): string[] {
  const settings = {
    port: '0',
    unixsocket: socket,
    unixsocketperm: '700',
    dir: folder,
    save: '',
    appendonly: persistence === 'none' ? 'no' : 'yes',
    appendfsync: persistence === 'durable' ? 'always' : 'everysec',
    'maxmemory-policy': 'noeviction',
    daemonize: 'no',
    loglevel: 'warning',
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}

function accepts(path: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ path });
    const end = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
