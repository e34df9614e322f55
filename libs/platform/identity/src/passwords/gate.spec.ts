import { setImmediate as turn } from 'node:timers/promises';
import { Busy, Gate } from './gate.js';

describe('the gate', () => {
  it('lets so many run, so many wait, and refuses the rest', async () => {
    const gate = new Gate(2, 3);
    let running = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++running);
      await turn();
      running -= 1;
    };
    const outcomes = await Promise.allSettled(Array.from({ length: 7 }, () => gate.enter(work)));
    expect(outcomes.map((o) => o.status === 'fulfilled')).toEqual([true, true, true, true, true, false, false]);
    expect((outcomes.at(-1) as PromiseRejectedResult).reason).toBeInstanceOf(Busy);
    expect(most).toBe(2);
  });
  it('gives the place on when the work fails', async () => {
    const gate = new Gate(1, 1);
    await expect(gate.enter(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(gate.enter(() => Promise.resolve('yes'))).resolves.toBe('yes');
  });
  it('keeps to its number when somebody comes in between', async () => {
    const gate = new Gate(1, 9);
    const order: number[] = [];
    const step = (n: number) => gate.enter(async () => void (await turn(), order.push(n)));
    const first = step(1);
    const second = step(2);
    const third = first.then(() => step(3));
    await Promise.all([first, second, third]);
    expect(order).toEqual([1, 2, 3]);
  });
});
