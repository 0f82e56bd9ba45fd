import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadEngine } from '../../src/executors/broker/engines.js';
import { brokerNames } from '../../src/executors/broker/names.js';
import { ordersChannel } from '../../src/executors/broker/remote/protocol.js';
import { BACKENDS, sharedBroker } from './shared-broker.js';

const newId = () => randomBytes(8).toString('hex');

describe.each(BACKENDS)('a meeting place in %s', backend => {
  const broker = sharedBroker(backend);
  const meet = async () => (await loadEngine(broker)).meet(broker);

  it('has those who are there and have not gone', async () => {
    const [mine, other] = [await meet(), await meet()];
    const [first, second] = [newId(), newId()].sort();
    // Both make what there is to make.
    await Promise.all([mine.announce(first!, 'one'), other.announce(second!, 'two')]);
    await mine.announce(first!, 'once more');
    const found = [...(await other.announcements())].sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(found).toEqual([
      { id: first, text: 'once more' },
      { id: second, text: 'two' },
    ]);
    await mine.withdraw(first!);
    expect([await other.isThere(first!), await other.isThere(second!)]).toEqual([false, true]);
    await other.withdraw(second!);
    expect(await mine.announcements()).toEqual([]);
    for (const one of [mine, other]) one.close();
  });

  it('knows of a run until that is over', async () => {
    const place = await meet();
    const names = brokerNames();
    await place.sayAlive(names);
    expect([await place.isAlive(names), await place.isAlive(brokerNames())]).toEqual([true, false]);
    await place.sayOver(names);
    expect(await place.isAlive(names)).toBe(false);
    place.close();
  });

  it('passes on what is said, however long', async () => {
    const [speaker, listener] = [await meet(), await meet()];
    const channel = ordersChannel(newId());
    const heard: string[] = [];
    let hearAll = () => {};
    const all = new Promise<void>(resolve => {
      hearAll = resolve;
    });
    await listener.listen(channel, text => {
      if (heard.push(text) === 2) hearAll();
    });
    const texts = ['{"short":1}', JSON.stringify({ long: 'ä'.repeat(20_000) })];
    for (const text of texts) await speaker.say(channel, text);
    await all;
    expect(heard).toEqual(texts);
    for (const one of [speaker, listener]) one.close();
  });
});
