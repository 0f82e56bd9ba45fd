import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as os from 'node:os';
import { clockResolutionNs } from '../clock.js';
import { cgroupCores, defaultThreads } from '../cores.js';
import { openFilesOf, readTextOrNull } from '../proc.js';
import type { MachineEnvironment, MachineFacts } from '../schema/index.js';

const GOVERNOR = '/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor';
const LIBUV_DEFAULT_THREADS = 4;
const RECORDED_PACKAGES = ['piscina', 'undici', 'tinybench'];

/** Where a run takes place, as far as it can matter to its figures. */
export function readEnvironment(): MachineEnvironment {
  const cpus = os.cpus();
  return {
    node: process.versions.node,
    v8: process.versions.v8,
    platform: process.platform,
    arch: process.arch,
    osRelease: os.release(),
    cpuModel: cpus[0]?.model.trim() ?? 'unknown',
    cores: cpus.length,
    cgroupCores: cgroupCores(),
    availableParallelism: os.availableParallelism(),
    memoryBytes: os.totalmem(),
    governor: readTextOrNull(GOVERNOR)?.trim() ?? null,
    loadAverage1m: os.loadavg()[0] ?? 0,
    uvThreadpoolSize: uvThreadpoolSize(),
    nodeOptions: process.env.NODE_OPTIONS ?? '',
    versions: Object.fromEntries(RECORDED_PACKAGES.map(name => [name, versionOf(name)])),
    clockResolutionNs: clockResolutionNs(),
  };
}

/** What figures of this machine are judged by. */
export function readMachine(): MachineFacts {
  return {
    cores: defaultThreads(),
    uvThreads: uvThreadpoolSize(),
    clockResolutionNs: clockResolutionNs(),
    openFiles: openFilesOf(readTextOrNull('/proc/self/limits') ?? ''),
    hasProc: readTextOrNull('/proc/stat') !== null,
  };
}

/** Threads of libuv's pool in a host, which inherits the environment. */
function uvThreadpoolSize(): number {
  return Number(process.env.UV_THREADPOOL_SIZE ?? LIBUV_DEFAULT_THREADS);
}

export function versionOf(name: string): string {
  // Packages need not export their package.json: look beside their entry point instead.
  const require = createRequire(import.meta.url);
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      const { version } = JSON.parse(readFileSync(`${folder}/${name}/package.json`, 'utf8')) as {
        version: string;
      };
      return version;
    } catch {
      // Not in this folder.
    }
  }
  return 'unknown';
}
