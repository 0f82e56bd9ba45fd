import { z } from 'zod';
import { UsageError } from '../../errors.js';
import { describe } from '../../suggest.js';
import type { UiCatalogue, UiRange, UiRequest } from '../protocol.js';
import { BUDGET_SECONDS, SLIDERS, WHOLE } from './ranges.js';

const LONGEST_SHOWN = 60;
const REMEDY = 'Choose among what GET /api/catalogue lists.';

type Offered = Pick<UiCatalogue, 'presets' | 'executors' | 'ranges'>;

/** Reads what a client asks for: names of the catalogue, and numbers within its limits, and nothing else. */
export function requestReader(offered: Offered): (data: unknown) => UiRequest {
  const schema = schemaOf(offered);
  return data => {
    const parsed = schema.safeParse(data);
    if (parsed.success) return parsed.data;
    const { path, message } = parsed.error.issues[0]!;
    const [expected, got] = JSON.parse(message) as [string, string];
    throw new UsageError(['request', ...path].join('.'), expected, got, REMEDY);
  };
}

function schemaOf({ presets, executors, ranges }: Offered) {
  const sliders = Object.fromEntries(
    SLIDERS.map(name => [name, within(ranges[name], WHOLE.includes(name)).optional()]),
  );
  const names = executors.map(({ name }) => name);
  const plan = z.strictObject(
    {
      preset: oneOf(presets.map(({ name }) => name)),
      ...(sliders as Record<(typeof SLIDERS)[number], z.ZodOptional<z.ZodNumber>>),
      executors: z
        .array(oneOf(names), refusal('a list of executors'))
        .min(1, refusal('one executor at least'))
        .max(names.length, refusal('each executor once'))
        .refine(given => new Set(given).size === given.length, refusal('each executor once'))
        .optional(),
    },
    refusal(`an object with preset, ${SLIDERS.join(', ')} and executors alone`),
  );
  return z.strictObject(
    {
      kind: oneOf(['race', 'measure']),
      plan,
      budgetSeconds: within(BUDGET_SECONDS, false).optional(),
    },
    refusal('an object with kind, plan and budgetSeconds alone'),
  );
}

function oneOf<const Name extends string>(names: readonly Name[]) {
  return z.enum(names, refusal(`one of ${names.join(', ')}`));
}

function within({ from, to }: UiRange, isWhole: boolean) {
  const expected = refusal(`${isWhole ? 'a whole number' : 'a number'} from ${from} to ${to}`);
  const number = z.number(expected).min(from, expected).max(to, expected);
  return isWhole ? number.int(expected) : number;
}

/** What was expected and what came, as one text: zod's own words are not those of this program. */
function refusal(expected: string) {
  return {
    error: (issue: { readonly input?: unknown; readonly keys?: readonly string[] }) =>
      JSON.stringify([expected, excerpt(issue.keys ?? issue.input)]),
  };
}

function excerpt(input: unknown): string {
  const text = describe(input);
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}…`;
}
