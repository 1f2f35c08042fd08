import { describe, expect, it } from 'vitest';
import { loadRuleFile } from './load.ts';

const TEXT = `[metadata]
creation_date = "2026/01/02"
updated_date = "2026/01/02"

[rule]
author = ["dac"]
description = "x"
language = "kuery"
name = "A rule"
query = '''
a: b
'''
risk_score = 21
rule_id = "8f2a9c14-0f7e-4d1b-9f55-6a0d3c1e7b20"
severity = "low"
type = "query"
`;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const ids = (content: Uint8Array | string): readonly string[] =>
  loadRuleFile('x.toml', content).problems.map(({ id, message, help }) => `${id}: ${message}; ${help ?? ''}`);

describe('a rule file', () => {
  it('gives the rule and the places in it', () => {
    const file = loadRuleFile('rules/x.toml', bytes(TEXT));
    expect(file.problems).toEqual([]);
    expect(file.rule?.body.name).toBe('A rule');
    const query = file.text(['rule', 'query']);
    expect(query?.text).toBe('a: b\n');
    expect(file.source.position(query?.offset(3) ?? 0)).toEqual({ line: 11, column: 4 });
  });

  it('without a version takes that of the lock, by id; its own comes first', () => {
    const lock = { '8f2a9c14-0f7e-4d1b-9f55-6a0d3c1e7b20': { version: 7 } };
    expect(loadRuleFile('x.toml', TEXT, { lock }).rule).toMatchObject({ version: 7, versionSource: 'lock' });
    expect(loadRuleFile('x.toml', `${TEXT}version = 3\n`, { lock }).rule).toMatchObject({
      version: 3,
      versionSource: 'file',
    });
    expect(loadRuleFile('x.toml', TEXT).rule?.version).toBeUndefined();
  });

  it('means the same with a byte order mark and CRLF', () => {
    const windows = loadRuleFile('x.toml', bytes(`\ufeff${TEXT.replaceAll('\n', '\r\n')}`));
    expect(windows.rule).toEqual(loadRuleFile('x.toml', TEXT).rule);
  });

  it.each([
    ['is binary', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1])],
    ['is not UTF-8', new Uint8Array([0x61, 0x20, 0x3d, 0x20, 0x22, 0xff, 0x22])],
    ['is far too large', 'x'.repeat(50 * 1024 * 1024)],
    ['is empty', ''],
    ['is broken', '[rule\n'],
  ])('that %s has one problem and no rule', (_, content) => {
    const file = loadRuleFile('x.toml', content);
    expect(file.rule).toBeUndefined();
    expect(ids(content)).toMatchSnapshot();
  });
});
