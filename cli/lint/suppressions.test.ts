import { describe, expect, it } from 'vitest';
import { fixedText, lintText, ruleText } from './test-kit.ts';

const bad = ruleText({ risk_score: 73, tags: ['Domain: Endpoint', 'Domain: Endpoint', 'OS: Linux', 'Use Case: X', 'Tactic: Defense Evasion', 'Data Source: Elastic Defend'], note: undefined }); // prettier-ignore
const ids = (text: string, today?: string): readonly string[] =>
  lintText(text, undefined, today === undefined ? {} : { today }).map((one) => one.id);
const before = (line: string, comment: string): string => bad.replace(line, `${comment}\n${line}`);

describe('a comment that holds back findings', () => {
  it('speaks of the next line', () => {
    expect(ids(bad)).toEqual(['rule/severity-risk-score', 'tags/duplicate']);
    expect(ids(before('risk_score', '# dac: ignore rule/severity-risk-score -- agreed with the analysts'))).toEqual([
      'tags/duplicate',
    ]);
  });

  it('speaks of its own line when it ends it', () => {
    expect(ids(bad.replace(/^(risk_score.*)$/m, '$1 # dac: ignore rule/severity-risk-score -- agreed'))).toEqual([
      'tags/duplicate',
    ]);
  });

  it('speaks of a whole value over several lines, and several can stand above one another', () => {
    const text = before(
      'tags = ',
      '# dac: ignore tags/duplicate -- a client of ours needs it\n# dac: ignore tags/format -- another',
    );
    expect(ids(text)).toEqual(['rule/severity-risk-score', 'suppression/unused']);
  });

  it('speaks of a string that ends on its line', () => {
    const text = ruleText().replace(
      /^query = .*\n([^]*?)"""/m,
      (all) => `${all} # dac: ignore query/unknown-field -- ours`,
    );
    const wrong = text.replace('process.args ==', 'process.argz ==');
    expect(ids(wrong)).toEqual([]);
    expect(ids(wrong.replace(/ # dac.*/, ''))).toEqual(['query/unknown-field']);
  });

  it('speaks of the file at its top', () => {
    const comment = '# dac: ignore-file rule/severity-risk-score, tags/duplicate -- bought rules stay as they are\n';
    expect(ids(comment + bad)).toEqual([]);
    expect(lintText(`${bad}\n${comment}`).filter((one) => one.id === 'suppression/invalid')).toEqual([
      {
        id: 'suppression/invalid',
        severity: 'error',
        at: comment.trim(),
        message: 'ignore-file holds for a whole file, so it stands above the first table',
        why: 'the comment holds back nothing',
        help: 'move it to the top of the file',
      },
    ]);
  });

  it('is no comment inside of a string', () => {
    const note =
      '# dac: ignore rule/severity-risk-score -- no\n## Triage and analysis\n\n### Investigating Shell History Cleared\n';
    expect(ids(ruleText({ risk_score: 73, note }))).toEqual(['rule/severity-risk-score']);
  });

  it('holds with CRLF', () => {
    const text = before('risk_score', '# dac: ignore rule/severity-risk-score -- agreed').replaceAll('\n', '\r\n');
    expect(ids(text)).toEqual(['tags/duplicate']);
  });

  it('ends on its day', () => {
    const text = before('risk_score', '# dac: ignore rule/severity-risk-score until=2026-05-01 -- until the review');
    expect(ids(text, '2026/05/01')).toEqual(['tags/duplicate']);
    expect(lintText(text, undefined, { today: '2026/05/02' }).slice(0, 1)).toEqual([
      {
        id: 'suppression/expired',
        severity: 'warning',
        at: '# dac: ignore rule/severity-risk-score until=2026-05-01 -- until the review',
        message: 'the comment held until 2026/05/01',
        why: 'what it held back is reported again',
        help: 'put the fault right, or give a new date with a new reason',
      },
    ]);
    expect(ids(text, '2026/05/02')).toContain('rule/severity-risk-score');
  });

  it('is reported when it holds back nothing, and taken out by a fix', () => {
    const text = ruleText().replace('risk_score', '# dac: ignore rule/severity-risk-score -- once\nrisk_score');
    expect(lintText(text)).toEqual([
      {
        id: 'suppression/unused',
        severity: 'warning',
        at: '# dac: ignore rule/severity-risk-score -- once',
        message: 'nothing here is reported as rule/severity-risk-score',
        why: 'the comment would hold back the next fault of this kind, which nobody has looked at',
        help: 'take the comment out',
        fix: 'take the comment out',
      },
    ]);
    expect(fixedText(text)).toBe(ruleText());
    expect(fixedText(ruleText().replace(/^(risk_score.*)$/m, '$1  # dac: ignore tags/format -- once'))).toBe(
      ruleText(),
    );
  });

  it('is not called unused when its check was not asked for', () => {
    const text = ruleText().replace('risk_score', '# dac: ignore rule/severity-risk-score -- once\nrisk_score');
    expect(lintText(text, undefined, { only: ['tags', 'suppression'] })).toEqual([]);
  });

  it.each([
    ['# dac: ignore rule/severity-risk-score', 'the comment gives no reason', '# dac: ignore rule/severity-risk-score'],
    ['# dac: ignore -- because', 'the comment names no id', '# dac: ignore -- because'],
    ['# dac: ignore rule/severity-riskscore -- x', 'there is no id rule/severity-riskscore', 'rule/severity-riskscore'],
    ['# dac: ignore rule -- x', 'there is no id rule', 'rule'],
    ['# dac: ignore schema/unknown-key -- x', 'schema/unknown-key cannot be ignored', 'schema/unknown-key'],
    ['# dac: ignored rule/file-name -- x', 'there is no "dac: ignored"', 'ignored'],
    ['# dac: ignore rule/file-name until=soon -- x', 'soon is not a day', 'until=soon'],
  ])('%s: %s', (comment, message, at) => {
    const [first] = lintText(before('risk_score', comment)).filter((one) => one.id === 'suppression/invalid');
    expect({ message: first?.message, at: first?.at }).toEqual({ message, at });
    expect(ids(before('risk_score', comment))).toContain('rule/severity-risk-score');
  });
});
