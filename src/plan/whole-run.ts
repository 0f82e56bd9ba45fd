import type { Plan, ServeReady } from '../schema/index.js';
import type { RemoteRules } from '../settings/settings.js';
import type { OF_WHOLE_RUN_FIELDS } from '../settings/table.js';
import type { LoadedConfig } from './config-file.js';
import type { UncheckedPlanInput } from './plan.js';

export type WholeRunField = (typeof OF_WHOLE_RUN_FIELDS)[number];

/** A setting of the whole run, which no scenario has of its own. */
export interface WholeRunSetting {
  readonly field: WholeRunField;
  readonly value: string;
  /** `random`: nobody has said it. */
  readonly source: 'override' | 'config' | 'random' | 'default';
}

/** What was given, and what is in force without that: limits of what goes to other machines only where anything does. */
export function wholeRunInForce(
  input: UncheckedPlanInput,
  {
    plan,
    rules,
    config,
  }: { readonly plan: Plan; readonly rules: RemoteRules; readonly config: LoadedConfig | null },
): WholeRunSetting[] {
  const { seed, serve, caFile } = plan;
  const isRemote = plan.scenarios.some(({ remote }) => remote !== undefined);
  const row = (field: WholeRunField, value: string | null): WholeRunSetting[] => {
    const isGiven = input[field] !== undefined;
    return value === null ? [] : [{ field, value, source: isGiven ? 'override' : 'default' }];
  };
  const limit = (field: 'remoteRate' | 'remoteTotal', value: number | null) =>
    row(field, isRemote || input[field] !== undefined ? String(value ?? 'none') : null);
  const unsaid = config?.seed === undefined ? 'random' : 'config';
  return [
    { field: 'seed', value: String(seed), source: input.seed === undefined ? unsaid : 'override' },
    ...row('serve', serve?.command ?? null),
    ...row('serveReady', serve == null ? null : signText(serve.ready)),
    ...row('allowRemote', rules.allowed.length === 0 ? null : rules.allowed.join(', ')),
    ...limit('remoteRate', rules.perSecond),
    ...limit('remoteTotal', rules.total),
    ...row('ca', caFile ?? null),
  ];
}

function signText(ready: ServeReady): string {
  switch (ready.kind) {
    case 'listening':
      return 'a printed URL, or a listener on PORT';
    case 'port':
      return String(ready.port);
    case 'url':
      return ready.url;
    case 'text':
      return ready.text;
  }
}
