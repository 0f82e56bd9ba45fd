import { UsageError, WorkerLost } from '../errors.js';
import type { Launcher } from '../hosts/launcher.js';
import { processLossText } from '../process-end.js';
import type { NodeBinary, Scenario } from '../schema/index.js';

/**
 * Starts a host with each Node that is compared, before anything is measured.
 *
 * @throws UsageError for one that hosts do not start with
 */
export async function requireNodes(
  scenarios: readonly Scenario[],
  { launcher, signal }: { readonly launcher: Launcher; readonly signal: AbortSignal },
): Promise<void> {
  for (const node of nodesOf(scenarios)) {
    try {
      await using _host = await launcher.startHost({ uvThreads: null, execPath: node.execPath });
    } catch (error) {
      // An abort ends it too: then nothing more is run.
      if (signal.aborted) return;
      if (error instanceof WorkerLost) throw cannotRun(node, textOf(error));
      throw error;
    }
  }
}

function nodesOf(scenarios: readonly Scenario[]): readonly NodeBinary[] {
  const all = scenarios.flatMap(({ executors }) => executors.flatMap(({ node }) => node ?? []));
  return [...new Map(all.map(node => [node.execPath, node])).values()];
}

function textOf({ loss, message }: WorkerLost): string {
  const isProcess = loss.code === 'process-ended' || loss.code === 'process-not-started';
  return isProcess ? processLossText(loss) : message;
}

function cannotRun({ label, name }: NodeBinary, reason: string): UsageError {
  const remedy = 'Leave it out, or try it by itself: start this program with it.';
  return new UsageError(`--node ${name} (${label})`, 'a Node that hosts start with', reason, remedy);
}
