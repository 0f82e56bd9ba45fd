import { EventEmitter } from 'node:events';
import type { CliDeps } from '../../src/cli/deps.js';
import { runCli } from '../../src/cli/program.js';
import { catalogue } from '../plan/catalogue.js';

/** The world around the CLI, scripted: what it writes and how it exits can be looked at. */
export function outside(more: Partial<CliDeps> = {}) {
  const written = { stdout: '', stderr: '' };
  const exits: number[] = [];
  const signals = new EventEmitter();
  const deps: CliDeps = {
    stdout: { write: text => (written.stdout += text) },
    stderr: { write: text => (written.stderr += text) },
    env: {},
    cwd: '/nowhere',
    clock: { nowMs: () => 0, date: () => new Date('2026-11-20T21:30:00Z') },
    signals,
    exit: code => exits.push(code),
    catalogue,
    ...more,
  };
  return { written, exits, signals, deps, run: (...argv: string[]) => runCli(argv, deps) };
}
