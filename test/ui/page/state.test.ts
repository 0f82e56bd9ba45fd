import { describe, expect, it } from 'vitest';
import { known, NOTHING } from '../../../src/ui/page/state.js';
import type { UiMessage, UiRequest } from '../../../src/ui/protocol.js';
import { raceOf } from '../../support/ui-server.js';

const request: UiRequest = { kind: 'race', plan: { preset: 'waiting' } };
const running: UiMessage = {
  id: 1,
  type: 'state',
  state: 'running',
  run: 7,
  request,
  elapsedMs: 400,
  leftMs: 2_000,
};
const fork = (id: number, forks: number, run = 7): UiMessage => ({
  id,
  type: 'measure',
  run,
  progress: {
    scenario: 'WAITING',
    scenarioNumber: 1,
    ofScenarios: 1,
    forks,
    baseline: 'limited',
    standings: [],
  },
});

const told = (...messages: UiMessage[]) =>
  messages.reduce((before, message) => known(before, message, 10_000), NOTHING);

describe('what the page knows', () => {
  it('has when a run began and when it ends at the latest, by the clock of the page', () => {
    expect(told(running).running).toEqual({ run: 7, request, startedMs: 9_600, endsMs: 12_000, text: '' });
  });

  it('follows the progress of that run, and of no other', () => {
    const progress = { id: 2, type: 'progress', leftMs: 500, text: 'queue' } as const;
    expect(told(running, { ...progress, run: 7 }).running).toMatchObject({ endsMs: 10_500, text: 'queue' });
    expect(told(running, { ...progress, run: 6 }).running).toMatchObject({ endsMs: 12_000, text: '' });
  });

  it('has a race, and nothing under way, when it is done', () => {
    const result = raceOf(request);
    const done = told(running, { id: 2, type: 'race-done', run: 7, result });
    expect(done).toMatchObject({ running: null, race: { run: 7, result } });
  });

  it('keeps each fork of a measurement once, also when it is told again', () => {
    const { measured } = told(running, fork(2, 1), fork(3, 2), fork(3, 2));
    expect(measured?.history.map(({ forks }) => forks)).toEqual([1, 2]);
  });

  it('forgets the forks of an earlier measurement', () => {
    expect(told(fork(2, 1, 6), fork(3, 2, 6), fork(4, 1, 7)).measured).toMatchObject({
      run: 7,
      history: [{ forks: 1 }],
    });
  });

  it('says why a run failed, until the next one', () => {
    const failed = { id: 2, type: 'failed', run: 7, error: 'no' } as const;
    expect(told(running, failed)).toMatchObject({ running: null, failed: { error: 'no' } });
    expect(told(running, failed, { ...running, id: 3 }).failed).toBeNull();
    const result = raceOf(request);
    expect(told(failed, { id: 3, type: 'race-done', run: 8, result }).failed).toBeNull();
    expect(told(failed, { id: 3, type: 'race-done', run: 7, result }).failed).not.toBeNull();
  });

  it('keeps what it knows over a gap, and where nothing is under way any more', () => {
    const result = raceOf(request);
    const race: UiMessage = { id: 2, type: 'race-done', run: 7, result };
    expect(told(race, { id: 9, type: 'gap' }, { id: 10, type: 'state', state: 'idle' }).race?.run).toBe(7);
  });
});
