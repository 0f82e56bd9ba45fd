import { bookkeeping } from './checks/bookkeeping.js';
import { broker } from './checks/broker.js';
import { brokerMillion } from './checks/broker-million.js';
import { brokerSoak } from './checks/broker-soak.js';
import { crossCheck } from './checks/cross-check.js';
import { delivery } from './checks/delivery.js';
import { dispatch } from './checks/dispatch.js';
import { falseAlarms } from './checks/false-alarms.js';
import { help } from './checks/help.js';
import { httpCpu } from './checks/http-cpu.js';
import { million } from './checks/million.js';
import { openTab } from './checks/open-tab.js';
import { pools } from './checks/pools.js';
import { posting } from './checks/posting.js';
import { truth } from './checks/truth.js';
import { tune } from './checks/tune.js';
import { wide } from './checks/wide.js';
import { writtenPool } from './checks/written-pool.js';
import type { Check } from './support/check.js';

/** In the order in which they run. A new check is a file and a line here. */
export const checks: readonly Check[] = [
  help,
  bookkeeping,
  dispatch,
  delivery,
  posting,
  writtenPool,
  pools,
  broker,
  brokerSoak,
  brokerMillion,
  httpCpu,
  crossCheck,
  wide,
  million,
  openTab,
  truth,
  tune,
  falseAlarms,
];
