/** Several kinds of tasks together, as a service has them: `npm run bench -- ./examples/mix.mjs --param hash.cost=2048`. */
import { mix } from 'threads-vs-loop';

export default mix({
  // A module beside this one; behind a # an export of it by name.
  texts: { module: './word-count.mjs', share: 70 },
  // A workload that is built in.
  hash: { module: 'scrypt', share: 25, params: { cost: 1_024 } },
  // A function of this module.
  square: { task: index => index ** 2, share: 5 },
});
