import { expect, it } from 'vitest';
import { ABORT, MessageRecorder, outcomeOfReply, workerOfReply } from '../../src/tasks/message-recorder.js';
import { CANCELLED, COMPLETED, FAILED, NOT_STARTED } from '../../src/tasks/recorder.js';

it('what it knows of a task goes with its reply, and is forgotten then', () => {
  const recorder = new MessageRecorder();
  recorder.start(7);
  const startedNs = recorder.startedAtNs(7);
  const ranNs = recorder.finish(7, COMPLETED);
  const reply = recorder.replyTo(7, 'result', 3);
  expect(reply).toEqual(['result', reply[1], Number(startedNs), Number(ranNs)]);
  expect([outcomeOfReply(reply), workerOfReply(reply)]).toEqual([COMPLETED, 3]);
  expect(outcomeOfReply(recorder.replyTo(7, undefined, 3))).toBe(NOT_STARTED);
});

it.each([
  ['error', FAILED],
  ['cancelled', CANCELLED],
])('a failure of kind %s, after the task had completed', (kind, outcome) => {
  const recorder = new MessageRecorder();
  recorder.start(0);
  recorder.finish(0, COMPLETED);
  const failure = recorder.fail(0, { kind, message: 'why' });
  expect(outcomeOfReply(recorder.replyTo(0, failure, 0))).toBe(outcome);
});

it('hears of a batch and of an abort, and of nothing else', () => {
  const recorder = new MessageRecorder();
  recorder.addStray();
  for (const message of [ABORT, null, undefined, 7, { checked: 'yes' }]) recorder.hear(message);
  expect([recorder.aborted, recorder.checked, recorder.ignoredAborts]).toEqual([true, false, 1]);
  recorder.hear({ checked: true, sharing: true });
  expect([recorder.aborted, recorder.checked, recorder.ignoredAborts]).toEqual([false, true, 0]);
  expect(recorder.sharing).toBe(true);
  recorder.hear({ checked: true });
  expect(recorder.sharing).toBe(false);
  expect(recorder.strays).toBe(1);
  recorder.endStray();
  expect(recorder.strays).toBe(0);
});

it('answers to what is no task hold the number of the worker alone', () => {
  expect(new MessageRecorder().replyTo(-1, 5, 5)).toEqual([5, NOT_STARTED + 8 * 5, 0, 0]);
});
