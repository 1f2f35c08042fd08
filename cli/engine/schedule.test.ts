import { describe, expect, it } from 'vitest';
import { intervalOf, scheduleOf } from './schedule.ts';
import { testRule } from './test-rule.ts';

const ruleOf = (lines: string) => {
  const { rule } = testRule(`query = "a: b"\n${lines}`);
  if (rule === undefined) throw new Error('no rule');
  return rule;
};
const at = (time: string): number => Date.parse(`2026-01-31T${time}:00Z`);
const shown = (starts: readonly number[]): string[] => starts.map((one) => new Date(one).toISOString().slice(11, 16));

describe('a schedule', () => {
  it('has the runs that look at the whole range, the last at its end', () => {
    const rule = ruleOf('interval = "5m"\nfrom = "now-9m"');
    const { starts, interval } = scheduleOf(rule, { from: at('10:00'), to: at('10:20') });
    // 10:05 looks back to 09:56; a run at 10:10 would begin at 10:01.
    expect([shown(starts), interval]).toEqual([['10:05', '10:10', '10:15', '10:20'], 300_000]);
  });

  it('needs no second run where one looks back over all of it', () => {
    const rule = ruleOf('interval = "1h"\nfrom = "now-2h"');
    expect(shown(scheduleOf(rule, { from: at('10:00'), to: at('11:30') }).starts)).toEqual(['11:30']);
    expect(shown(scheduleOf(rule, { from: at('09:30'), to: at('11:30') }).starts)).toEqual(['11:30']);
    expect(shown(scheduleOf(rule, { from: at('09:29'), to: at('11:30') }).starts)).toEqual(['10:30', '11:30']);
  });

  it('has as many runs as are asked for, wherever they begin', () => {
    const rule = ruleOf('interval = "10m"');
    expect(shown(scheduleOf(rule, { from: at('12:00'), to: at('10:20') }, 3).starts)).toEqual([
      '10:00',
      '10:10',
      '10:20',
    ]);
  });

  it('takes the stock interval and look-back of a rule that says nothing', () => {
    const { starts, interval } = scheduleOf(ruleOf(''), { from: at('10:00'), to: at('10:11') });
    expect([shown(starts), interval]).toEqual([['10:06', '10:11'], 300_000]);
  });

  it('is refused for a range that is none, and above 1,000 runs', () => {
    const rule = ruleOf('interval = "1m"\nfrom = "now-1m"');
    expect(() => scheduleOf(rule, { from: at('10:00'), to: at('10:00') })).toThrow('begins at its end');
    expect(scheduleOf(rule, { from: at('10:00') - 999 * 60_000, to: at('10:01') }).starts.length).toBe(1000);
    expect(() => scheduleOf(rule, { from: at('10:00') - 1000 * 60_000, to: at('10:01') })).toThrow(
      'this takes 1001 runs',
    );
  });

  it.each(['5', 'm', '0m', '1w', '99999999999d'])('refuses the interval %s', (interval) => {
    const rule = ruleOf('');
    expect(() => intervalOf({ ...rule, body: { ...rule.body, interval } })).toThrow('is no duration');
  });
});
