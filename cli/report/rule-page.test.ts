import { describe, expect, it } from 'vitest';
import { loadRuleFile } from '../rule/load.ts';
import type { Rule } from '../rule/rule.ts';
import { plainText } from './plain-text.ts';
import { htmlPage } from './rule-html.ts';
import { rulePage } from './rule-page.ts';

const rule = (more: string): Rule => {
  const file = loadRuleFile(
    'x.toml',
    `[metadata]\ncreation_date = "2026/01/02"\nupdated_date = "2026/01/02"\n\n[rule]\nauthor = ["dac"]\nname = "A <b>rule</b>"\nrisk_score = 21\nrule_id = "r-1"\nseverity = "low"\ntype = "query"\nlanguage = "kuery"\n${more}`,
  );
  expect(file.problems).toEqual([]);
  if (file.rule === undefined) throw new Error('no rule');
  return file.rule;
};
const FULL = rule(`description = "Finds **things**."
index = ["logs-*"]
query = "a: \`b\` and c: \`\`\`"
version = 3
tags = ["Domain: Endpoint"]
references = ["https://example.com/a"]
false_positives = ["Backups."]
license = "Apache-2.0"
note = """
## Triage and analysis

1. Read the [page](https://example.com/b).
   - with \`code\`
2. Done.
"""
setup = "Install it."
alert_suppression = { group_by = ["host.id"] }

[[rule.exceptions_list]]
id = "1"
list_id = "build-hosts"
namespace_type = "single"
type = "detection"

[[rule.threat]]
framework = "MITRE ATT&CK"
tactic = { id = "TA0005", name = "Defense Evasion", reference = "https://attack.mitre.org/tactics/TA0005/" }
[[rule.threat.technique]]
id = "T1553"
name = "Subvert Trust Controls"
reference = "https://attack.mitre.org/techniques/T1553/"
subtechnique = [{ id = "T1553.004", name = "Install Root Certificate", reference = "https://attack.mitre.org/techniques/T1553/004/" }]
`);

describe('a rule as a page', () => {
  it('says everything, in one order', () => {
    expect(rulePage(FULL)).toMatchSnapshot();
  });

  it('says what Kibana takes for what the rule leaves out', () => {
    const page = rulePage(rule('description = "x"\nquery = "a: b"\n'));
    for (const line of [
      '**Runs every**: 5m',
      '**Searches indices from**: now-6m',
      '**Maximum alerts per execution**: 100',
      '**Version**: none',
    ])
      expect(page).toContain(`${line}\n`);
  });

  it('fences a query so that the query cannot close the fence', () => {
    expect(rulePage(FULL)).toContain('````kuery\na: `b` and c: ```\n````\n');
  });
});

it('as plain text it has no marks, and addresses stay readable', () => {
  expect(plainText(rulePage(FULL))).toMatchSnapshot();
});

describe('as HTML', () => {
  it('what a rule says stays text', () => {
    const hostile = rule(
      'description = "<script>alert(1)</script> [x](javascript:alert(1)) ![y](https://example.com/t.png)"\nquery = "a: \\"</code></pre><img src=x onerror=alert(1)>\\""\n',
    );
    const page = htmlPage(hostile.body.name, rulePage(hostile));
    expect(page).not.toMatch(/<script|<img src=x|href="javascript/);
    expect(page).toContain('<title>A &#60;b&#62;rule&#60;/b&#62;</title>');
    expect(page).toContain("default-src 'none'");
  });
});
