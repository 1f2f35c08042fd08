import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../text/json.ts';
import { exceptionPath, rulePath } from './file-name.ts';

const path = (rule: JsonObject, taken: readonly string[] = []): string => rulePath('rules', rule, new Set(taken));
const threat = [{ tactic: { name: 'Initial Access' } }];

describe('the path of a new file', () => {
  it.each<[string, JsonObject, string]>([
    ['tactic and name', { name: 'Login  Without MFA!', threat }, 'imported/initial_access_login_without_mfa'],
    ['the system that the tags name', { name: 'A', tags: ['OS: Linux'] }, 'linux/a'],
    ['several systems', { name: 'A', tags: ['OS: Linux', 'OS: macOS'] }, 'imported/a'],
    ['the package of the events', { name: 'A', related_integrations: [{ package: 'aws' }] }, 'aws/a'],
    ['a package that climbs', { name: 'A', related_integrations: [{ package: '../..' }] }, 'imported/a'],
    ['a name that climbs', { name: '../../x' }, 'imported/x'],
    ['an absolute path', { name: '/etc/passwd' }, 'imported/etc_passwd'],
    ['terminal escapes', { name: 'a\u001b[31mb\u202ec' }, 'imported/a_31mb_c'],
    ['a device of Windows', { name: 'CON' }, 'imported/rule_con'],
    ['a device of Windows as package', { name: 'x', related_integrations: [{ package: 'nul' }] }, 'imported/x'],
    ['a file of ours', { name: 'dac' }, 'imported/rule_dac'],
    ['accents', { name: 'Überprüfung' }, 'imported/uberprufung'],
    ['no letter of ours', { name: '規則', rule_id: 'A-1' }, 'imported/a_1'],
    ['nothing at all', { name: '規則', rule_id: '規' }, 'imported/rule'],
    ['a long name', { name: 'x'.repeat(400) }, `imported/${'x'.repeat(100)}`],
  ])('%s', (_, rule, wanted) => {
    expect(path(rule)).toBe(`rules/${wanted}.toml`);
  });

  it('is never taken already, in no case of letters', () => {
    const rule = { name: 'A', rule_id: '1234ABCD-5' };
    const taken = new Set(['rules/imported/a.toml']);
    expect([1, 2, 3].map(() => rulePath('rules', rule, taken))).toEqual([
      'rules/imported/a_1234abcd.toml',
      'rules/imported/a_1234abcd_2.toml',
      'rules/imported/a_1234abcd_3.toml',
    ]);
    expect(exceptionPath('exceptions', 'A', new Set(['exceptions/a.toml', 'exceptions/a_2.toml']))).toBe(
      'exceptions/a_3.toml',
    );
  });

  it('stays below its folder whatever the rule is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, more) => {
        const rule = {
          name,
          rule_id: more,
          threat: [{ tactic: { name: more } }],
          related_integrations: [{ package: name }],
        };
        expect(path(rule)).toMatch(/^rules\/[a-z0-9_]+\/[a-z0-9_]{1,220}\.toml$/);
        expect(exceptionPath('exceptions', name, new Set())).toMatch(/^exceptions\/[a-z0-9_]{1,120}\.toml$/);
      }),
    );
  });
});
