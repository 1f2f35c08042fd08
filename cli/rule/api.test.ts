import { describe, expect, it } from 'vitest';
import { toApi } from './api.ts';
import { loadRuleFile } from './load.ts';
import type { Rule } from './rule.ts';

const rule = (lines: string): Rule => {
  const file = loadRuleFile(
    'x.toml',
    `[metadata]\ncreation_date = "2026/01/02"\nupdated_date = "2026/01/02"\n\n[rule]\nauthor = ["dac"]\nname = "A rule"\nrisk_score = 21\nrule_id = "r-1"\nseverity = "low"\n${lines}\n`,
  );
  expect(file.problems).toEqual([]);
  if (file.rule === undefined) throw new Error('no rule');
  return file.rule;
};
const BASE = { author: ['dac'], name: 'A rule', risk_score: 21, rule_id: 'r-1', severity: 'low' };
const QUERY = 'type = "query"\nlanguage = "kuery"\nquery = "a: b"\n';
const SENT = { ...BASE, type: 'query', language: 'kuery', query: 'a: b' };

describe('the rule that Kibana gets', () => {
  it('has its keys sorted, no metadata, and prose on one line', () => {
    const api = toApi(rule(`${QUERY}version = 3\ndescription = """\nOne\ntwo  \n   three.\n"""\nlicense = ""`));
    expect(api).toEqual({ ...SENT, description: 'One two three.', version: 3 });
    expect(Object.keys(api)).toEqual(Object.keys(api).toSorted());
  });

  it('keeps an empty query, which is a query for everything', () => {
    expect(toApi(rule('type = "query"\nlanguage = "kuery"\nquery = ""\ndescription = "x"'))).toEqual({
      ...SENT,
      query: '',
      description: 'x',
    });
  });

  it('has new terms in the flat form', () => {
    const api = toApi(
      rule(
        'type = "new_terms"\nlanguage = "kuery"\nquery = "a: b"\ndescription = "x"\n[rule.new_terms]\nfield = "new_terms_fields"\nvalue = ["user.name", "host.id"]\nhistory_window_start = [{ field = "history_window_start", value = "now-14d" }]',
      ),
    );
    expect(api).toEqual({
      ...SENT,
      type: 'new_terms',
      description: 'x',
      new_terms_fields: ['user.name', 'host.id'],
      history_window_start: 'now-14d',
    });
  });

  it('has the blocks of the guide rendered, and placeholders without a block left as they are', () => {
    const api = toApi(
      rule(
        `${QUERY}description = "x"\nnote = "See \${osquery_0} and \${investigate_1}."\n[[transform.osquery]]\nlabel = "Users"\nquery = "SELECT * FROM users"`,
      ),
    );
    expect(api['note']).toBe('See !{osquery{"label":"Users","query":"SELECT * FROM users"}} and ${investigate_1}.');
    expect(Object.hasOwn(api, 'transform')).toBe(false);
  });

  it('has a list of techniques for every tactic, addresses that end in a slash, and no mapping of other versions', () => {
    const tactic = '{ id = "TA0005", name = "Defense Evasion", reference = "https://attack.mitre.org/tactics/TA0005" }';
    const api = toApi(
      rule(
        `${QUERY}description = "x"\n[[rule.threat]]\nframework = "MITRE ATT&CK"\ntactic = ${tactic}\n[[rule.threat_mappings]]\nframework = "MITRE ATT&CK"\nversion = "19"\nthreat = []`,
      ),
    );
    expect(api).toEqual({
      ...SENT,
      description: 'x',
      threat: [
        {
          framework: 'MITRE ATT&CK',
          tactic: { id: 'TA0005', name: 'Defense Evasion', reference: 'https://attack.mitre.org/tactics/TA0005/' },
          technique: [],
        },
      ],
    });
  });
});
