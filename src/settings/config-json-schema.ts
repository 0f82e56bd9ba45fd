import type { JsonSchema, Setting } from './setting.js';
import { ALL_SETTINGS, SETTINGS } from './table.js';

/** JSON Schema (draft 2020-12) of a config, for editors: of the table, so that a setting is in it when it is in there. */
export function configJsonSchema(): object {
  const { executors, slo } = SETTINGS;
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:threads-vs-loop:config',
    title: 'Config of threads-vs-loop',
    description:
      'A flag beats a scenario, a scenario beats this config. Relative paths start from its folder.',
    ...objectOf({
      $schema: { type: 'string' },
      scenarios: {
        description: 'What `run` without targets runs. Each is a target by its name.',
        type: 'array',
        items: { ...objectOf({ ...SCENARIO, ...schemasOf(SETTINGS) }), required: ['name', 'workload'] },
      },
      executors: schemaOf(executors),
      slo: schemaOf(slo),
      defaults: {
        description: 'Of scenarios that say nothing of a setting.',
        ...objectOf(schemasOf({ ...SETTINGS, seed: ALL_SETTINGS.seed })),
      },
    }),
  };
}

const TEXT: JsonSchema = { type: 'string', minLength: 1 };

/** What a scenario has beside settings, where it is no code. */
const SCENARIO: Readonly<Record<string, JsonSchema>> = {
  name: { description: 'Its name, by which it is a target.', ...TEXT },
  title: { description: 'Heading in reports; by default the name in capitals.', ...TEXT },
  summary: { description: 'One line for `list`.', ...TEXT },
  workload: {
    description: 'A built-in workload, or the path of a module: FILE, or FILE#name for one of its functions.',
    ...TEXT,
  },
};

function objectOf(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: 'object', properties, additionalProperties: false };
}

function schemasOf(table: Readonly<Record<string, Setting<unknown, unknown>>>): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(table).map(([field, setting]) => [field, schemaOf(setting)]));
}

function schemaOf({ help, usual, check, example }: Setting<unknown, unknown>): JsonSchema {
  const description = usual === undefined ? `${help}.` : `${help} (default: ${usual}).`;
  return { description, ...check.accepts, examples: [example.value] };
}
