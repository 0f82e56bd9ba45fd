import { parse } from 'acorn';
import { defineWorkload } from '../../../../src/workloads/workload.js';
import { readProjectFile } from '../project-file.js';

/** Of packages that this one depends on; each takes about as long as the others. */
const FILES = [
  'commander/lib/command.js',
  'undici/lib/dispatcher/client-h1.js',
  'parse5/dist/tokenizer/index.js',
];

export default defineWorkload({
  name: 'acorn',
  summary: 'parses a JavaScript file of a package with acorn',
  kind: 'cpu',
  defaults: { tasks: 100, executors: ['limited', 'queue'] },
  open: async () => FILES.map(file => readProjectFile(`node_modules/${file}`)),
  // Statements and where the last one ends: a tree is of no use on another thread.
  async task(sources, index) {
    const { body, end } = parse(sources[index % sources.length]!, {
      ecmaVersion: 'latest',
      sourceType: 'module',
    });
    return body.length + end;
  },
});
