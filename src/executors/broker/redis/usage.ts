/** CPU time of what `INFO cpu` says; 0 where it says nothing. */
export function cpuMsOf(info: string): number {
  const seconds = ['sys', 'user'].map(kind =>
    Number(new RegExp(`^used_cpu_${kind}:([\\d.]+)`, 'm').exec(info)?.[1] ?? 0),
  );
  return 1_000 * seconds.reduce((sum, one) => sum + one, 0);
}
