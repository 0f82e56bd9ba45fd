import { describe, expect, it } from 'vitest';
import { ExecutionCounter } from '../../../src/executors/broker/execution-counter.js';

/** What was told, in the order in which it was, and what began. */
function counting() {
  const said: string[] = [];
  const counter = new ExecutionCounter((trial, executions) => said.push(`trial ${trial}: ${executions}`));
  const begin = async (trial: number) => {
    await counter.count(trial);
    said.push('begins');
  };
  return { said, begin };
}

describe('executions', () => {
  it('are told at once where they begin together, before the first of them does', async () => {
    const { said, begin } = counting();
    await Promise.all([begin(1), begin(1), begin(1)]);
    expect(said).toEqual(['trial 1: 3', 'begins', 'begins', 'begins']);
  });

  it('are told each where they begin one after the other', async () => {
    const { said, begin } = counting();
    await begin(1);
    await begin(1);
    expect(said).toEqual(['trial 1: 1', 'begins', 'trial 1: 1', 'begins']);
  });

  it('do not begin before they are told, where that takes its time', async () => {
    const said: string[] = [];
    let answer: () => void = () => {};
    const counter = new ExecutionCounter((trial, executions) => {
      said.push(`trial ${trial}: ${executions}`);
      return new Promise<void>(resolve => {
        answer = resolve;
      });
    });
    const begun = counter.count(1).then(() => said.push('begins'));
    for (let turn = 0; turn < 10; turn++) await undefined;
    expect(said).toEqual(['trial 1: 1']);
    answer();
    await begun;
    expect(said).toEqual(['trial 1: 1', 'begins']);
  });

  it('are told to their own trial where two meet, none twice', async () => {
    const { said, begin } = counting();
    await Promise.all([begin(1), begin(2), begin(2)]);
    expect(said.filter(one => one !== 'begins')).toEqual(['trial 1: 1', 'trial 2: 2']);
    expect(said.filter(one => one === 'begins')).toHaveLength(3);
  });
});
