/** What the public functions are made of; loaded by the first of them that is called. */

export { articleSections } from './articles/section.js';
export { reportOf } from './measure/events.js';
export { measurePlan } from './measure/measure.js';
export { makePlan } from './plan/plan.js';
export { parseReport } from './report/json.js';
export { renderTerminal } from './report/terminal/terminal.js';
