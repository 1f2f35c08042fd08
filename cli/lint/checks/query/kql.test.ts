import { describe, expect, it } from 'vitest';
import { lintText, ruleText } from '../../test-kit.ts';

const IDS = [
  'query/always-true', 'query/case-ignored', 'query/contradiction', 'query/free-text', 'query/impossible-value',
  'query/keyword-as-text', 'query/leading-wildcard', 'query/literal-question-mark', 'query/not-on-list',
  'query/quoted-wildcard',
]; // prettier-ignore

/** What the KQL checks find in a query: id, the text under the carets, message. */
const found = (query: string): string[] =>
  lintText(ruleText({ type: 'query', language: 'kuery', query }))
    .filter((one) => IDS.includes(one.id))
    .map(({ id, at, message }) => `${id} [${at}] ${message}`);

describe('checks of KQL queries', () => {
  it.each([
    ['process.name: curl and not user.name: root', []],
    ['*', []],
    ['process.name: (curl or wget) and not process.name: curl', []],
    ['process.args: a and not process.args: b', []],
    ['process.name: curl and not process.name: curl', ['query/contradiction [not process.name: curl] no event can fit both process.name: curl and not process.name: curl']],
    ['not user.name: * and user.name: x* and process.name: curl', ['query/contradiction [not user.name: *] no event can fit both user.name: x* and not user.name: *']],
    ['process.pid > 5 and not process.pid: *', ['query/contradiction [not process.pid: *] no event can fit both process.pid > 5 and not process.pid: *']],
    ['not user.name: * and user.id: 5', []],
    ['process.name: curl or not process.name: curl', ['query/always-true [not process.name: curl] every event fits process.name: curl or not process.name: curl']],
    ['process.name: (curl or not curl)', ['query/always-true [not curl] every event fits process.name: curl or not process.name: curl']],
    ['not process.name: curl or not process.name: wget', []],
    ['process.name == curl', ['query/free-text [process.name == curl] "process.name == curl" is looked for in every field']],
    ['curl and process.pid: 5', ['query/free-text [curl] "curl" is looked for in every field']],
    ['process.name: curl or', ['query/keyword-as-text [or] "or" is part of the text "curl or" here']],
    ['and process.name: curl', ['query/keyword-as-text [and] "and" is part of the text "and process.name" here']],
    ['process.name: "curl or" and user.name: Andrew', []],
    ['process.name: "*curl"', ['query/quoted-wildcard ["*curl"] a star in quotes is an ordinary character']],
    ['process.name: "*"', []],
    ['process.executable: /tmp/?.sh', ['query/literal-question-mark [/tmp/?.sh] a "?" is an ordinary character in KQL']],
    ['process.executable: (/tmp/a?* or "/tmp/b?")', ['query/literal-question-mark [/tmp/a?*] a "?" is an ordinary character in KQL']],
    ['url.query: ?limit*', []],
    ['process.name.caseless: CURL', ['query/case-ignored [CURL] upper and lower case are the same for this value']],
    ['process.name.caseless: (curl or "Wget" or NC*)', ['query/case-ignored ["Wget"] upper and lower case are the same for this value, as for 1 more of this query']],
    ['process.name: CURL', []],
    ['process.pid: 1.5', ['query/impossible-value [1.5] process.pid can never have this value']],
    ['not process.pid: 99999999999999999999', ['query/impossible-value [99999999999999999999] process.pid can never have this value']],
    ['process.pid: (1.0 or 4194304) or process.pid > 1.5', []],
    ['process.args: (* and not a)', ['query/not-on-list [not a] one of these values in process.args is enough to leave the event out']],
    ['process.args: * and not process.args: (a or b)', ['query/not-on-list [not process.args: (a or b)] one of these values in process.args is enough to leave the event out']],
    ['process.args: (a and not b) and process.name: (* and not c)', []],
    ['process.args: * and not (process.args: a and process.name: b)', []],
  ] as const)('%s', (query, expected) => {
    expect(found(query)).toEqual(expected);
  }); // prettier-ignore

  it('counts the patterns that begin with a star', () => {
    const patterns = (field: string, count: number): string =>
      `${field}: (${Array.from({ length: count }, (_, at) => `*x${at}`).join(' or ')})`;
    expect(found(patterns('process.executable', 9))).toEqual([]);
    expect(found(patterns('process.executable', 10))).toEqual([
      'query/leading-wildcard [*x0] 10 patterns of the query begin with a star',
    ]);
    expect(found(patterns('process.pid', 10))).toEqual([]);
  });
});
