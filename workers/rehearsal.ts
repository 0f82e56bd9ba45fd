/** The process in which a user's own code is tried, in a thread and, where it fails there, on the main one. */
import { Worker } from 'node:worker_threads';
import { nowMs } from '../src/clock.js';
import { entryUrl } from '../src/entry.js';
import type { FromRehearsal, RehearsalReply, RehearsalRequest } from '../src/hosts/rehearsal-process.js';
import { type Rehearsal, type RehearsalSetting, rehearse, thrownOf } from '../src/tasks/rehearsal.js';

async function answerTo({ inThread, ...setting }: RehearsalRequest): Promise<RehearsalReply> {
  const thread = inThread ? await inItsThread(setting) : null;
  // A task that works in a thread works here.
  const isDone = thread !== null && (thread.type === 'ran' || thread.type === 'uncloneable');
  return { thread, main: isDone ? null : await rehearse(setting, nowMs) };
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
  void answerTo(request).then(reply =>
    process.send?.({ type: 'rehearsed', reply } satisfies FromRehearsal, undefined, {}, () => {}),
  );
});
process.on('disconnect', () => process.exit(0));
