import type { TrialData } from '../../report/html/timeline-data.js';
import { type TaskTable, unpackTasks } from '../../stats/packed-tasks.js';

export const canDecode = () => typeof DecompressionStream === 'function';

export async function tableOf({ packed, tasks, unitMs }: TrialData): Promise<TaskTable> {
  const text = atob(packed);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return unpackTasks(new Uint8Array(await new Response(stream).arrayBuffer()), tasks, unitMs);
}
