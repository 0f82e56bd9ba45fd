import type { BrokerEngine } from '../engine.js';
import { PostgresController } from './controller.js';
import { PostgresMeetingPlace } from './meeting-place.js';
import { readBroker } from './read-broker.js';
import { PostgresWorkerLink } from './worker-link.js';

export const engine: BrokerEngine = {
  read: readBroker,
  controller: request => new PostgresController(request),
  meet: (address, watch) => new PostgresMeetingPlace(address, watch),
  worker: (address, names) => new PostgresWorkerLink(address, names),
};
