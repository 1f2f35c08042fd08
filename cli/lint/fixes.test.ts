import { describe, expect, it } from 'vitest';
import { findingsOf, fixedText, ruleText } from './test-kit.ts';

/** The lines that a fix takes out and puts in. */
function changes(text: string, unsafe = false): readonly string[] {
  const [before, after] = [text.split('\n'), fixedText(text, unsafe).split('\n')];
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line.trim()}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line.trim()}`),
  ];
}

const LIST = `tags = [
    "Domain: Endpoint",
    "OS: Linux", # the hosts
    "Use Case: Threat Detection",
    "Data Source: Elastic Defend",
]`;
const withList = (list: string): string => ruleText({ note: undefined }).replace(/^tags = \[[^\]]*\]$/m, () => list);

describe('fixes', () => {
  it('write names and addresses of ATT&CK', () => {
    const tactic = { id: 'TA0005', name: 'Evasion', reference: 'https://attack.mitre.org/tactics/TA0007/' };
    expect(changes(ruleText({ threat: [{ framework: 'MITRE ATT&CK', tactic }] }))).toEqual([
      '- name = "Evasion"',
      '- reference = "https://attack.mitre.org/tactics/TA0007/"',
      '+ name = "Defense Evasion"',
      '+ reference = "https://attack.mitre.org/tactics/TA0005/"',
    ]);
  });

  it('add a tag on a line of its own where the others have one, and keep comments', () => {
    expect(changes(withList(LIST))).toEqual(['+ "Tactic: Defense Evasion",']);
    expect(fixedText(withList(LIST))).toContain(
      '    "Data Source: Elastic Defend",\n    "Tactic: Defense Evasion",\n]',
    );
  });

  it('add a tag on the same line where all stand there', () => {
    expect(
      changes(withList('tags = ["Domain: Endpoint", "OS: Linux", "Use Case: X", "Data Source: Elastic Defend"]')),
    ).toEqual([
      '- tags = ["Domain: Endpoint", "OS: Linux", "Use Case: X", "Data Source: Elastic Defend"]',
      '+ tags = ["Domain: Endpoint", "OS: Linux", "Use Case: X", "Data Source: Elastic Defend", "Tactic: Defense Evasion"]',
    ]);
  });

  it('add several tags one after the other', () => {
    expect(changes(withList('tags = ["Domain: Endpoint", "Use Case: X"]'))).toEqual([
      '- tags = ["Domain: Endpoint", "Use Case: X"]',
      '+ tags = ["Domain: Endpoint", "Use Case: X", "Data Source: Elastic Defend", "Tactic: Defense Evasion", "OS: Linux"]',
    ]);
  });

  it('take out the second of two tags, but no comment', () => {
    const twice = LIST.replace(']', '    "os: linux",\n]');
    expect(changes(withList(twice.replace('"Data Source', '"Tactic: Defense Evasion",\n    "Data Source')))).toEqual([
      '- "os: linux",',
    ]);
    const commented = LIST.replace(']', '    # once more\n    "OS: Linux",\n]');
    expect(fixedText(withList(commented))).toContain('# once more\n    "OS: Linux"');
  });

  it('lower max_signals, correct the case of a tag, write the heading of the setup', () => {
    expect(changes(ruleText({ max_signals: 5000 }))).toEqual(['- max_signals = 5_000', '+ max_signals = 1000']);
    const text = withList(LIST.replace('OS: Linux', 'os: linux').replace('"Data Source', '"Tactic: Defense Evasion",\n    "Data Source')); // prettier-ignore
    expect(changes(text)).toEqual(['- "os: linux", # the hosts', '+ "OS: Linux", # the hosts']);
    const note = '## Triage and analysis\n\n### setup\n\nx\n';
    expect(changes(ruleText({ note }))).toEqual(['- ### setup', '+ ## Setup']);
  });

  it('change the severity only when unsafe fixes are asked for', () => {
    expect(changes(ruleText({ risk_score: 73 }))).toEqual([]);
    expect(changes(ruleText({ risk_score: 73 }), true)).toEqual(['- severity = "low"', '+ severity = "high"']);
  });

  it('keep CRLF', () => {
    const fixed = fixedText(withList(LIST).replaceAll('\n', '\r\n'));
    expect(fixed.replaceAll('\r\n', '')).not.toContain('\n');
    expect(findingsOf('attack/tactic-tag', fixed)).toEqual([]);
  });
});
