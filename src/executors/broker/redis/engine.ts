import type { BrokerEngine } from '../engine.js';
import { RedisController } from './controller.js';
import { meetInRedis } from './meeting-place.js';
import { readBroker } from './read-broker.js';
import { RedisWorkerLink } from './worker-link.js';

/** Redis, and Valkey, which speaks as Redis does. */
export const engine: BrokerEngine = {
  read: readBroker,
  controller: request => new RedisController(request),
  meet: meetInRedis,
  worker: (address, names) => new RedisWorkerLink(address, names),
};
