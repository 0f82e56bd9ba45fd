import type { NodeBinary, Plan } from '../../schema/index.js';

/** Those that variants run in, in the order of the plan; none where all run in that of the program. */
export function nodesOf({ scenarios }: Plan): readonly NodeBinary[] {
  const all = scenarios.flatMap(({ executors }) => executors.flatMap(({ node }) => node ?? []));
  return [...new Map(all.map(node => [node.label, node])).values()];
}
