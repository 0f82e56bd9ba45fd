import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, ROOT), 'utf8');

interface Override {
  readonly includes: readonly string[];
  readonly linter: {
    readonly rules: {
      readonly style?: {
        readonly noRestrictedImports?: {
          readonly options: { readonly patterns: readonly { readonly group: readonly string[] }[] };
        };
      };
    };
  };
}

const folders = readdirSync(new URL('src/', ROOT), { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => name);

/** Those beside the folders. */
const FILES = '*.ts';

/** What CONTRIBUTING.md says, by folder. */
function documented(): Map<string, Set<string>> {
  const rows = read('CONTRIBUTING.md').matchAll(/^\| `(?:src\/)?(\w+|\*\.ts)`\s*\|[^|]*\|([^|]*)\|$/gm);
  return new Map(
    [...rows].map(([, folder, may]) => [
      folder!,
      new Set([...may!.matchAll(/`(\w+)`/g)].map(([, name]) => name!)),
    ]),
  );
}

/** What Biome allows, by folder; one without a rule may import everything. */
function configured(): Map<string, Set<string>> {
  const { overrides } = JSON.parse(read('biome.json')) as { readonly overrides: readonly Override[] };
  const allowed = new Map([...folders, FILES, 'workers'].map(folder => [folder, new Set(folders)]));
  for (const { includes, linter } of overrides) {
    const folder = /^(?:src\/)?(\w+|\*\.ts)(?:\/\*\*)?$/.exec(includes[0]!)?.[1];
    const patterns = linter.rules.style?.noRestrictedImports?.options.patterns ?? [];
    for (const pattern of patterns.flatMap(({ group }) => group))
      allowed.get(folder!)!.delete(/(\w+)\/\*\*$/.exec(pattern)![1]!);
  }
  for (const [folder, may] of allowed) may.delete(folder);
  return allowed;
}

it('CONTRIBUTING.md and the configuration of Biome say the same of who may import what', () => {
  expect(documented()).toEqual(configured());
});

it('no folder may import one that may import it, and so in circles', () => {
  const may = configured();
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    [...may.get(from)!].some(next => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))));
  expect(folders.filter(folder => reaches(folder, folder))).toEqual([]);
});
