import { expect, it } from 'vitest';
import { testRule } from '../engine/test-rule.ts';
import { findingsOf, runTestSuite } from './test-suite.ts';

const RULE = testRule('index = ["logs-endpoint.events.process*"]\nquery = "process.name: curl"');
const BASE = { 'positive/a.json': '{"process": {"name": "curl"}, "own": {"field": 1}}' };
const found = (set: string, more = ''): unknown[] => {
  const contents = {
    ...BASE,
    'suite.toml': `[[case]]\nname = "positive/b"\nbase = "positive/a"\nset = ${set}\n${more}`,
  };
  return findingsOf(runTestSuite(contents, { file: RULE }), contents);
};

it('a field that neither the base nor the mapping has is told, under its name', () => {
  expect(found('{ "user.name" = "x", "proces.name" = "curl" }')).toEqual([
    [
      'suite/set-unknown',
      'suite.toml:4',
      '"proces.name"',
      'neither the base nor the mapping has a field proces.name',
      'did you mean process.name?',
    ],
  ]);
  expect(found('{ user = { nam = "x" } }')).toEqual([
    [
      'suite/set-unknown',
      'suite.toml:4',
      'nam',
      'neither the base nor the mapping has a field user.nam',
      'did you mean user.name?',
    ],
  ]);
});

it('a field of the base, an object, and a declared field are known', () => {
  expect(
    found(
      '{ "own.field" = 2, "user" = [{ name = "x" }], "acme.risk" = 3 }',
      '[mapping.fields]\n"acme.risk" = "long"\n',
    ),
  ).toEqual([]);
});
