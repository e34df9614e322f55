import { FailedSignIns } from './failed-sign-ins.js';

describe('failed sign-ins', () => {
  it('make the next try wait after so many, until the window has passed', () => {
    let now = 0;
    const failures = new FailedSignIns(3, 60_000, () => now);
    for (let i = 0; i < 3; i++) {
      expect(failures.wait('a')).toBe(0);
      failures.failed('a');
      now += 1000;
    }
    expect(failures.wait('a')).toBe(57);
    expect(failures.wait('b')).toBe(0);
    now = 60_000;
    expect(failures.wait('a')).toBe(0);
  });
  it('are forgotten after a success', () => {
    const failures = new FailedSignIns(1, 60_000, () => 0);
    failures.failed('a');
    failures.succeeded('a');
    expect(failures.wait('a')).toBe(0);
  });
});
