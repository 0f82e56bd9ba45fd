/** The two shapes of concurrency on one loop, as people write them. */

export type Task = (index: number) => Promise<unknown>;

/** `count` lanes that each pull the next index. */
export async function lanes(tasks: number, count: number, task: Task): Promise<unknown[]> {
  const results: unknown[] = new Array(tasks);
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < tasks; index = next++) results[index] = await task(index);
  };
  await Promise.all(Array.from({ length: count }, lane));
  return results;
}

export function allAtOnce(tasks: number, task: Task): Promise<unknown[]> {
  return Promise.all(Array.from({ length: tasks }, (_, index) => task(index)));
}
