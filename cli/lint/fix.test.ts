import { describe, expect, it } from 'vitest';
import { loadRuleFile } from '../rule/load.ts';
import type { Finding, Fix } from '../text/diagnostic.ts';
import { splice } from '../text/splice.ts';
import { fixFiles } from './fix.ts';
import { ruleText } from './test-kit.ts';

const text = ruleText();
const start = text.indexOf('Shell History');
const at = (from: number, to: number, put: string) => ({ span: { start: start + from, end: start + to }, text: put });

/** Fixes the good rule with what `offers` proposes for each text. */
function fixed(offers: (text: string) => readonly Partial<Fix>[], unsafe = false) {
  const { files, applied } = fixFiles([loadRuleFile('a.toml', text)], {
    unsafe,
    load: loadRuleFile,
    lint: ([file]) =>
      offers(file?.source.text ?? '').map((fix): Finding => ({
        id: 'x/y',
        severity: 'warning',
        message: 'm',
        path: 'a.toml',
        span: { start: 0, end: 0 },
        fix: { description: 'd', safe: true, edits: [], ...fix },
      })),
  });
  const result = files[0]?.source.text ?? '';
  return { applied, result, name: /name = "(.*)"/.exec(result)?.[1] };
}
const once = (fixes: readonly Partial<Fix>[]) => (now: string) => (now === text ? fixes : []);

describe('fixFiles', () => {
  it('leaves all other bytes alone', () => {
    const { result, applied } = fixed(once([{ edits: [at(0, 5, 'Bash')] }]));
    expect({ result, applied }).toEqual({ result: text.replace('Shell History', 'Bash History'), applied: 1 });
  });

  it('makes edits that do not touch in one pass, in whatever order they come', () => {
    expect(fixed(once([{ edits: [at(6, 13, 'Log')] }, { edits: [at(0, 5, 'Bash')] }])).name).toBe('Bash Log Cleared');
  });

  it('leaves an overlapping fix whole for the next pass', () => {
    const offers = (now: string): readonly Partial<Fix>[] =>
      now === text ? [{ edits: [at(0, 5, 'Bash')] }, { edits: [at(0, 13, 'Zsh'), at(14, 21, 'Gone')] }] : [];
    expect(fixed(offers)).toMatchObject({ name: 'Bash History Cleared', applied: 1 });
  });

  it('goes on until nothing is left, ten times at most', () => {
    const grow = (now: string): readonly Partial<Fix>[] => [{ edits: [at(0, 0, now === '' ? '' : 'x')] }];
    expect(fixed(grow)).toMatchObject({ name: `${'x'.repeat(10)}Shell History Cleared`, applied: 10 });
  });

  it('makes unsafe fixes only when they are asked for', () => {
    const unsafe = once([{ safe: false, edits: [at(0, 5, 'Bash')] }]);
    expect(fixed(unsafe)).toMatchObject({ name: 'Shell History Cleared', applied: 0 });
    expect(fixed(unsafe, true)).toMatchObject({ name: 'Bash History Cleared', applied: 1 });
  });

  it('refuses a fix after which the file would be no rule, and makes the others', () => {
    const breaking = { edits: [at(6, 13, '"')] };
    expect(fixed(once([breaking]))).toMatchObject({ result: text, applied: 0 });
    expect(fixed(once([breaking, { edits: [at(0, 5, 'Bash')] }]))).toMatchObject({
      name: 'Bash History Cleared',
      applied: 1,
    });
  });
});

describe('splice', () => {
  it('puts pieces where they belong', () => {
    const edits = [
      { span: { start: 2, end: 3 }, text: '' },
      { span: { start: 0, end: 1 }, text: 'AA' },
      { span: { start: 4, end: 4 }, text: '!' },
    ];
    expect(splice('abcd', edits)).toBe('AAbd!');
  });
});
