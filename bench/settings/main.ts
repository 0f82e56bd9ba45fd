/** `npm run docs:settings`: puts the table of settings into the README, between its markers. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fillInSettings } from './table.js';

const README = new URL('../../../README.md', import.meta.url);

writeFileSync(README, fillInSettings(readFileSync(README, 'utf8')));
console.error('Written to README.md');
