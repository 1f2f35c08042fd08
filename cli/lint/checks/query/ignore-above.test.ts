import { describe, expect, it } from 'vitest';
import { lintText, ruleText } from '../../test-kit.ts';

/** What is found in a rule: the text under the carets and the message. */
const found = (rule: Readonly<Record<string, unknown>>): string[] =>
  lintText(ruleText(rule))
    .filter(({ id }) => id === 'query/ignore-above')
    .map(({ at, message }) => `[${at.length > 60 ? `${at.slice(0, 20)}…` : at}] ${message}`);

const eql = (condition: string, index: readonly string[] = ['logs-endpoint.events.process-*']): string[] =>
  found({ query: `process where ${condition}`, index });
const kql = (query: string): string[] => found({ type: 'query', language: 'kuery', query });
const lucene = (query: string): string[] => found({ type: 'query', language: 'lucene', query });

const tooLong = (least: number, field = 'process.command_line'): string =>
  `no value of ${field} that can be searched has ${least} characters`;
const long = 'x'.repeat(1025);
const fits = 'x'.repeat(1024);

describe('conditions on texts that are too long to be searched', () => {
  it.each([
    ['length(process.command_line) >= 2000', [`[length(process.command_line) >= 2000] ${tooLong(2000)}`]],
    ['length(process.command_line) > 1024', [`[length(process.command_line) > 1024] ${tooLong(1025)}`]],
    ['2000 <= length(process.command_line)', [`[2000 <= length(process.command_line)] ${tooLong(2000)}`]],
    ['length(?process.command_line) == 4096', [`[length(?process.command_line) == 4096] ${tooLong(4096)}`]],
    ['not length(process.command_line) >= 2000', [`[length(process.command_line) >= 2000] ${tooLong(2000)}`]],
    ['not length(process.command_line) < 2000', [`[length(process.command_line) < 2000] ${tooLong(2000)}`]],
    ['not (process.pid == 1 or length(process.command_line) <= 1024)', [`[length(process.command_line) <= 1024] ${tooLong(1025)}`]],
    ['not not length(process.command_line) < 2000', []],
    ['length(process.command_line) in (20, 2000)', [`[2000] ${tooLong(2000)}`]],
    ['length(process.command_line) >= 1000 + 10 * 100', [`[length(process.command_line) >= 1000 + 10 * 100] ${tooLong(2000)}`]],
    ['length(process.command_line) >= 1024', []],
    ['length(process.command_line) > 1023', []],
    ['length(process.command_line) < 5000', []],
    ['length(process.command_line) != 5000', []],
    ['length(process.origin_url) >= 2000', []],
    ['length(process.origin_url) > 8192', [`[length(process.origin_url) > 8192] ${tooLong(8193, 'process.origin_url')}`]],
    ['length(process.Ext.code_signature.thumbprint_sha256) > 64', [
      `[length(process.Ext.code_signature.thumbprint_sha256) > 64] ${tooLong(65, 'process.Ext.code_signature.thumbprint_sha256')}`,
    ]],
    ['indexOf(process.command_line, "abc") >= 1022', [`[indexOf(process.command_line, "abc") >= 1022] ${tooLong(1025)}`]],
    ['indexOf(process.command_line, "abc") >= 1021', []],
    ['process.pid >= 5000 and length(process.name) >= 1000', []],
  ])('EQL: %s', (condition, expected) => {
    expect(eql(condition)).toEqual(expected);
  }); // prettier-ignore

  it.each([
    (text: string) => `process.command_line == "${text}"`,
    (text: string) => `process.command_line != "${text}"`,
    (text: string) => `process.command_line in ("a", "${text}")`,
    (text: string) => `not process.command_line in~ ("${text}")`,
    (text: string) => `process.command_line : ("a*", "${text}")`,
    (text: string) => `process.command_line like~ "*${text}*"`,
    (text: string) => `process.command_line regex "(a|b){${text.length},}"`,
    (text: string) => `startsWith~(process.command_line, "${text}")`,
    (text: string) => `stringContains(process.command_line, "${text}")`,
    (text: string) => `endsWith(process.command_line, "${text}")`,
  ])('finds long literals of EQL: %s', (condition) => {
    expect(eql(condition(long)).map((one) => one.replace(/^.*\] /, ''))).toEqual([tooLong(1025)]);
    expect(eql(condition(fits.slice(0, 1000)))).toEqual([]);
  });

  it('looks at every term of a sequence', () => {
    const query = `sequence by host.id [process where length(process.command_line) > 1024] [process where true]
until [process where process.name == "${long}"]`;
    expect(found({ query }).map((one) => one.replace(/^.*\] /, ''))).toEqual([
      tooLong(1025),
      tooLong(1025, 'process.name'),
    ]);
  });

  it('finds long values and patterns of KQL, Lucene and filters', () => {
    const name = tooLong(1025, 'process.name');
    expect([
      kql(`process.name: ${long}`),
      kql(`not process.name: *${long}*`),
      kql(`process.name: ${fits}`),
      kql(`process.name.text: ${long}`),
      lucene(`process.name:${long}`),
      lucene(`process.name:("a" OR ${long}*)`),
      lucene(`process.name:/x{1025}/`),
      lucene(`process.name:"${fits}"`),
      found({ type: 'query', language: 'kuery', query: '*', filters: [{ meta: {}, query: { match_phrase: { 'process.name': long } } }] }),
      found({ type: 'query', language: 'kuery', query: '*', filters: [{ meta: {}, query: { bool: { must_not: [{ terms: { 'process.name': ['a', long] } }] } } }] }),
    ].map((list) => list.map((one) => one.replace(/^.*\] /s, '')))).toEqual([
      [name], [name], [], [], [name], [name], [name], [], [name], [name],
    ]); // prettier-ignore
  });

  it('names the indices where others have no limit, and is silent where none has', () => {
    const condition = 'length(process.command_line) >= 2000';
    expect([
      eql(condition, ['logs-endpoint.events.process-*', 'logs-system.security*', 'winlogbeat-*']),
      eql(condition, ['logs-system.security*']),
      eql('length(winlog.event_data.Properties) >= 2000', ['winlogbeat-*', 'logs-system.security*']),
    ]).toEqual([
      [
        `[${condition}] no value of process.command_line that can be searched in logs-endpoint.events.process-* has 2000 characters`,
      ],
      [],
      [],
    ]);
  });
});
