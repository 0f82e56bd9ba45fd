/** The task file of the `processes` executor: what it records of tasks is sent back with their results. */
import { answerHost } from '../src/executors/process-usage.js';
import { MessageRecorder } from '../src/tasks/message-recorder.js';
import { packReply } from '../src/tasks/packed-reply.js';
import { type PoolTaskData, PROCESS_TASK, poolTask } from '../src/tasks/pool-task.js';

const data = JSON.parse(process.env[PROCESS_TASK]!) as PoolTaskData;
// The workload's environment is that of the host.
delete process.env[PROCESS_TASK];
const recorder = new MessageRecorder();
answerHost(recorder);
process.on('message', message => recorder.hear(message));

const worker = Number(process.env.TINYPOOL_WORKER_ID) - 1;

export default poolTask(data, recorder, worker, {
  way: 'process',
  replyTo: (index, outcome) => packReply(recorder.replyTo(index, outcome, worker)),
});
