import { describe, expect, it } from 'vitest';
import { lintText, ruleText } from '../../test-kit.ts';

const IDS = ['query/always-true', 'query/contradiction', 'query/free-text', 'query/keyword-as-text', 'query/quoted-wildcard']; // prettier-ignore

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
  ] as const)('%s', (query, expected) => {
    expect(found(query)).toEqual(expected);
  }); // prettier-ignore
});
