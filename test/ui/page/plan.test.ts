import { describe, expect, it } from 'vitest';
import {
  choiceFrom,
  choiceOf,
  numberOf,
  planOf,
  withExecutor,
  withNumber,
} from '../../../src/ui/page/plan.js';
import { CATALOGUE } from '../../support/ui-server.js';

const waiting = choiceOf(CATALOGUE.presets[0]!);
const { ranges } = CATALOGUE;

describe('what is chosen', () => {
  it('is the preset alone where nothing was changed', () => {
    expect(planOf(waiting)).toEqual({ preset: 'waiting' });
  });

  it('has the numbers that were changed, within their ranges and on their steps', () => {
    const changed = withNumber(
      withNumber(waiting, 'waitMs', 9_999, ranges.waitMs),
      'tasks',
      10.4,
      ranges.tasks,
    );
    expect(planOf(changed)).toEqual({ preset: 'waiting', waitMs: 250, tasks: 10 });
    const computing = choiceOf(CATALOGUE.presets[1]!);
    expect(planOf(withNumber(computing, 'computeMs', 0.31, ranges.computeMs)).computeMs).toBe(0.3);
  });

  it('is not changed by what is no number, nor by what the task does not have', () => {
    expect(withNumber(waiting, 'tasks', Number.NaN, ranges.tasks)).toBe(waiting);
    expect(withNumber(waiting, 'computeMs', 3, ranges.computeMs)).toBe(waiting);
    expect(numberOf(waiting, 'computeMs')).toBeNull();
  });

  it('has executors in the order of the catalogue, and at least one', () => {
    const more = withExecutor(waiting, 'promise-all', true, CATALOGUE);
    expect(planOf(more).executors).toEqual(['sequential', 'limited', 'promise-all', 'queue']);
    const one = ['sequential', 'limited'].reduce(
      (all, name) => withExecutor(all, name, false, CATALOGUE),
      waiting,
    );
    expect(withExecutor(one, 'queue', false, CATALOGUE).executors).toEqual(['queue']);
  });

  it('is found again in what the server says is under way', () => {
    const choice = withNumber(waiting, 'threads', 4, ranges.threads);
    expect(choiceFrom(CATALOGUE, planOf(choice))).toEqual(choice);
    expect(choiceFrom(CATALOGUE, { preset: 'unknown' })).toBeNull();
  });
});
