/** The process in which a user's own code is tried: in threads at the same time, or on its main one. */
import { Worker } from 'node:worker_threads';
import { nowMs } from '../src/clock.js';
import { entryUrl } from '../src/entry.js';
import type { FromRehearsal, RehearsalRequest } from '../src/hosts/rehearsal-process.js';
import { type Rehearsal, type RehearsalSetting, rehearse, thrownOf } from '../src/tasks/rehearsal.js';

async function answerTo({ threads, ...setting }: RehearsalRequest): Promise<Rehearsal> {
  if (threads === 0) return rehearse(setting, nowMs);
  const all = await Promise.all(Array.from({ length: threads }, () => inItsThread(setting)));
  return all.find(({ type }) => type !== 'ran') ?? all[0]!;
}

function inItsThread(setting: RehearsalSetting): Promise<Rehearsal> {
  const thread = new Worker(entryUrl('rehearsal-thread'), { workerData: setting });
  return new Promise(resolve => {
    thread.once('message', resolve);
    thread.once('error', error =>
      resolve({ type: 'failed', at: 'run', thrown: thrownOf(error, setting.workload.moduleUrl) }),
    );
    // Of its own accord: an end that trials will tell of.
    thread.once('exit', () => resolve({ type: 'ran' }));
  });
}

// Of CommonJS that throws as it is imported Node 20 rejects a second promise, which nobody has.
process.on('unhandledRejection', () => {});
process.on('message', (request: RehearsalRequest) => {
  void answerTo(request).then(rehearsal =>
    process.send?.({ type: 'rehearsed', rehearsal } satisfies FromRehearsal, undefined, {}, () => {}),
  );
});
process.on('disconnect', () => process.exit(0));
