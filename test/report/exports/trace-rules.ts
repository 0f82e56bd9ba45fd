/** An event of Chrome's trace format, as it stands in a file. */
export interface Event {
  readonly ph: string;
  readonly name: string;
  readonly cat?: string;
  readonly id?: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
  readonly args: Readonly<Record<string, string | number>>;
}

/**
 * What Perfetto refuses or draws wrongly, which no schema of single events can say: slices of one track that overlap (it takes
 * whole nanoseconds, and cuts the rest off), beginnings without ends, tracks without names.
 */
export function brokenTraceRules(events: readonly Event[]): string[] {
  return [...overlaps(events), ...unpaired(events), ...namesOfTracks(events)];
}

function overlaps(events: readonly Event[]): string[] {
  const slices = events.filter(({ ph }) => ph === 'X');
  return [...groups(slices, trackOf)].flatMap(([track, all]) => {
    const spans = all.map(spanOf).sort((a, b) => a.from - b.from || a.to - b.to);
    return spans.flatMap(({ from, name }, at) => {
      const before = spans[at - 1];
      return before !== undefined && from < before.to ? [`track ${track}: ${before.name} and ${name}`] : [];
    });
  });
}

function spanOf({ name, ts, dur }: Event) {
  const from = Math.trunc(ts * 1_000);
  return { name, from, to: from + Math.trunc(dur * 1_000) };
}

function unpaired(events: readonly Event[]): string[] {
  const halves = events.filter(({ ph }) => ph === 'b' || ph === 'e');
  return [...groups(halves, ({ pid, cat, id }) => `${pid} ${cat} ${id}`)].flatMap(
    ([key, [begin, end, ...more]]) => {
      const isPair = begin?.ph === 'b' && end?.ph === 'e' && more.length === 0 && end.ts >= begin.ts;
      return isPair ? [] : [`${key}: no beginning with one end behind it`];
    },
  );
}

function namesOfTracks(events: readonly Event[]): string[] {
  const named = events.filter(({ name }) => name === 'thread_name').map(trackOf);
  const used = new Set(events.filter(({ ph }) => ph !== 'M').map(trackOf));
  return [
    ...[...used].filter(track => !named.includes(track)).map(track => `track ${track}: no name`),
    ...named.filter((track, at) => named.indexOf(track) !== at).map(track => `track ${track}: two names`),
  ];
}

function trackOf({ pid, tid }: Event): string {
  return `${pid} ${tid}`;
}

function groups(events: readonly Event[], keyOf: (event: Event) => string): Map<string, Event[]> {
  const all = new Map<string, Event[]>();
  for (const event of events) {
    const group = all.get(keyOf(event));
    if (group === undefined) all.set(keyOf(event), [event]);
    else group.push(event);
  }
  return all;
}
