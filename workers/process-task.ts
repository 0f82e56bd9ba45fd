/** The task file of the `processes` executor: what it records of tasks is sent back with their results. */

import { messageOf } from '../src/errors.js';
import { type LastWords, USAGE, type UsageAnswer } from '../src/executors/process-usage.js';
import { MessageRecorder, messageTask } from '../src/tasks/message-recorder.js';
import { type PoolTaskData, PROCESS_TASK } from '../src/tasks/pool-task.js';

const data = JSON.parse(process.env[PROCESS_TASK]!) as PoolTaskData;
// The workload's environment is that of the host.
delete process.env[PROCESS_TASK];
const recorder = new MessageRecorder();

process.on('message', message => {
  if (message === USAGE) process.send?.(usage());
  else recorder.hear(message);
});

process.on('uncaughtExceptionMonitor', error =>
  process.send?.({ lastWords: messageOf(error) } satisfies LastWords),
);

function usage(): UsageAnswer {
  const { userCPUTime, systemCPUTime, maxRSS, involuntaryContextSwitches } = process.resourceUsage();
  const { ignoredAborts, strays } = recorder;
  return {
    usage: true,
    cpuMs: (userCPUTime + systemCPUTime) / 1_000,
    peakRssBytes: maxRSS * 1024,
    involuntarySwitches: involuntaryContextSwitches,
    ignoredAborts,
    strays,
  };
}

export default messageTask(data, recorder, Number(process.env.TINYPOOL_WORKER_ID) - 1);
