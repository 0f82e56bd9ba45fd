/** A process between a private broker and those that use it: holds back what they say to each other. */
import { lossOf } from '../src/errors.js';
import { type FromRelay, startRelay, type ToRelay } from '../src/executors/broker/relay/relay.js';

const send = (message: FromRelay) => process.send?.(message);

process.on('message', (message: ToRelay) => {
  startRelay(message).then(
    () => send({ type: 'ready' }),
    (error: unknown) => send({ type: 'fault', loss: lossOf(error) }),
  );
});
// The channel closes when the CLI ends, however it ends.
process.on('disconnect', () => process.exit(0));
