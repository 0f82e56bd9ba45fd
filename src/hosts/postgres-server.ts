import { chownSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { UsageError } from '../errors.js';
import { socketUrl } from '../executors/broker/address.js';
import { PRIVATE, socketName } from '../executors/broker/private-postgres.js';
import { readTextOrNull } from '../proc.js';
import {
  type BrokerCare,
  BrokerProcess,
  foldersOf,
  isExecutable,
  requireShortPath,
  type StartServer,
  type SystemUser,
} from './broker-process.js';
import { makeRunFolder } from './run-folder.js';

const PROGRAMS = ['initdb', 'postgres'];
/** Of Debian and Ubuntu, which have each major version in a folder of its own and none on the PATH. */
const DEBIAN = '/usr/lib/postgresql';

const HOW_TO_GET_ONE =
  'Install it (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql), or give one by --broker postgres://USER@HOST/DATABASE.';

/** Whom it is run as where this process is root's: it refuses root. */
const USERS = ['postgres', 'nobody'];
/** More than any run has workers for: each has up to 15. */
const MOST_CONNECTIONS = 500;
/** Line of the file that tells of a running server: how far it is. */
const STATE_LINE = 7;

/** A PostgreSQL of one run: its socket and its files are in a private folder. */
export const startPostgres: StartServer = async ({ persistence }, care) => {
  const programs = findPostgres();
  const user = serverUser();
  const folder = privateFolder(user, care);
  const of = (name: string) => ({ program: join(programs, name), folder, user });
  const prepared = await BrokerProcess.start({ ...of('initdb'), args: initialSettings(folder) }, care);
  await prepared.done();
  const server = await BrokerProcess.start(
    // What the kernel keeps of it, shared memory, is given back with SIGQUIT and not with SIGKILL.
    { ...of('postgres'), args: postgresSettings(folder, persistence), endSignal: 'SIGQUIT' },
    care,
  );
  const state = () => readTextOrNull(join(folder, 'postmaster.pid'))?.split('\n')[STATE_LINE]?.trim();
  await server.ready(() => state() === 'ready');
  const socket = join(folder, socketName(PRIVATE.port));
  return { process: server, address: { url: socketUrl('postgres', socket), caFile: null } };
};

/** @returns the folder of its programs @throws UsageError where there is none */
export function findPostgres(path = process.env.PATH ?? '', debian = DEBIAN): string {
  const places = [...foldersOf(path), ...debianFolders(debian)];
  const found = places.find(folder => PROGRAMS.every(name => isExecutable(join(folder, name))));
  if (found !== undefined) return found;
  const expected = `a PostgreSQL (${PROGRAMS.join(' and ')} on the PATH or in ${debian}/*/bin)`;
  throw new UsageError('bullmq', expected, 'none', HOW_TO_GET_ONE);
}

/** The newest first. */
function debianFolders(debian: string): string[] {
  try {
    const versions = readdirSync(debian).sort((a, b) => Number(b) - Number(a));
    return versions.map(version => join(debian, version, 'bin'));
  } catch {
    return [];
  }
}

/** @returns null: as this process @throws UsageError where there is no other than root */
export function serverUser(): SystemUser | null {
  if (process.getuid?.() !== 0) return null;
  const passwd = readTextOrNull('/etc/passwd') ?? '';
  const found = USERS.map(name => new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(passwd));
  const [, uid, gid] = found.find(one => one !== null) ?? [];
  if (uid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  const remedy =
    'Run as another user than root, which PostgreSQL refuses, or give one that runs by --broker.';
  throw new UsageError('bullmq', `a user to run PostgreSQL as (${USERS.join(' or ')})`, 'none', remedy);
}

/** Its owner alone may enter it. */
function privateFolder(user: SystemUser | null, care: BrokerCare): string {
  const within = placeFor(user);
  const folder = makeRunFolder(within);
  care.watchFolder(folder);
  requireShortPath(join(folder, socketName(PRIVATE.port)), within);
  if (user !== null) chownSync(folder, user.uid, user.gid);
  return folder;
}

/** A temporary folder that a user may enter: one of root's may be for root alone. */
export function placeFor(user: SystemUser | null): string {
  if (user === null) return tmpdir();
  const places = [tmpdir(), '/tmp', '/var/tmp'];
  const place = places.find(mayAllEnter);
  if (place !== undefined) return place;
  const remedy = 'Set TMPDIR to one, or run as another user than root.';
  throw new UsageError('bullmq', 'a temporary folder that others than root may enter', tmpdir(), remedy);
}

function mayAllEnter(folder: string): boolean {
  try {
    const isOpen = (statSync(folder).mode & 0o001) !== 0;
    return isOpen && (dirname(folder) === folder || mayAllEnter(dirname(folder)));
  } catch {
    return false;
  }
}

/** Whoever may enter the folder may do all. */
function initialSettings(folder: string): string[] {
  const usual = ['--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'];
  return ['-D', folder, `--username=${PRIVATE.user}`, '--auth=trust', ...usual];
}

/** @param persistence `appendonly`: the log is written and synced within a second; `durable`: before a change is answered */
export function postgresSettings(folder: string, persistence: string): string[] {
  const saves = persistence === 'none' ? 'off' : 'on';
  const settings = {
    listen_addresses: '',
    unix_socket_directories: folder,
    unix_socket_permissions: '0700',
    port: PRIVATE.port,
    fsync: saves,
    full_page_writes: saves,
    synchronous_commit: persistence === 'durable' ? 'on' : 'off',
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_connections: MOST_CONNECTIONS,
    // In its folder, which is removed, and not among what all share.
    dynamic_shared_memory_type: 'mmap',
    log_min_messages: 'fatal',
  };
  const set = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', folder, ...set];
}
