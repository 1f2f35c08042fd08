import { stringify, type JsonMap } from '@iarna/toml';
import { mappingForRule } from '../fields/tables/rule-mapping.ts';
import { loadRuleFile } from '../rule/load.ts';
import type { RuleFile } from '../rule/rule.ts';
import type { Finding } from '../text/diagnostic.ts';
import { fixFiles } from './fix.ts';
import { lintFiles, type LintOptions } from './lint.ts';

/** A rule in which there is nothing to find, at this path. */
export const GOOD_PATH = 'rules/linux/defense_evasion_shell_history_cleared.toml';

const GOOD = {
  metadata: { creation_date: '2026/01/31', updated_date: '2026/02/01', maturity: 'production', integration: ['endpoint'] },
  rule: {
    author: ['dac'],
    description: 'Finds that the history of a shell was emptied.',
    from: 'now-9m',
    index: ['logs-endpoint.events.process*'],
    interval: '5m',
    language: 'eql',
    license: 'Apache-2.0',
    name: 'Shell History Cleared',
    note: '## Triage and analysis\n\n### Investigating Shell History Cleared\n\nLook at the user.\n',
    query: 'process where host.os.type == "linux" and process.args == "history -c"\n',
    risk_score: 21,
    rule_id: '0f2c1c0a-4d2e-4b53-9a55-2f6a3f0c7d11',
    severity: 'low',
    tags: ['Domain: Endpoint', 'OS: Linux', 'Use Case: Threat Detection', 'Tactic: Defense Evasion', 'Data Source: Elastic Defend', 'Resources: Investigation Guide'],
    timestamp_override: 'event.ingested',
    type: 'eql',
    version: 1,
    threat: [
      {
        framework: 'MITRE ATT&CK',
        tactic: { id: 'TA0005', name: 'Defense Evasion', reference: 'https://attack.mitre.org/tactics/TA0005/' },
        technique: [
          {
            id: 'T1070',
            name: 'Indicator Removal',
            reference: 'https://attack.mitre.org/techniques/T1070/',
            subtechnique: [
              {
                id: 'T1070.003',
                name: 'Clear Command History',
                reference: 'https://attack.mitre.org/techniques/T1070/003/',
              },
            ],
          },
        ],
      },
    ],
  },
}; // prettier-ignore

type Values = Readonly<Record<string, unknown>>;

const merge = (base: Values, changes: Values): Values =>
  Object.fromEntries(Object.entries({ ...base, ...changes }).filter(([, value]) => value !== undefined));

/** The text of the good rule with some keys changed; `undefined` takes a key out. */
export function ruleText(rule: Values = {}, metadata: Values = {}, transform?: Values): string {
  return stringify({
    metadata: merge(GOOD.metadata, metadata),
    ...(transform === undefined ? {} : { transform }),
    rule: merge(GOOD.rule, rule),
  } as JsonMap);
}

export const DEFAULTS: LintOptions = {
  today: '2026/03/01',
  settings: { requiredTags: ['Domain:', 'Use Case:'], guideSections: ['Triage and analysis'], stack: '9.4' },
  mapping: (rule) => mappingForRule(rule, { stack: '9.4' }),
};

/** Findings over several texts by path. */
export function lintTexts(
  texts: Readonly<Record<string, string>>,
  options: Partial<LintOptions> = {},
): readonly Finding[] {
  const files = Object.entries(texts).map(([path, text]) => loadRuleFile(path, text));
  return lintFiles(files, { ...DEFAULTS, ...options });
}

/** A finding with the text under its carets in the place of offsets, so that it can be read and compared whole. */
export interface Shown {
  readonly id: string;
  readonly severity: string;
  readonly at: string;
  readonly message: string;
  readonly label?: string;
  readonly why?: string;
  readonly help?: string;
  readonly related?: readonly string[];
  readonly fix?: string;
}

export function shown(text: string, { path: _path, span, fix, related, ...rest }: Finding): Shown {
  return {
    ...rest,
    at: text.slice(span.start, span.end),
    ...(related === undefined
      ? {}
      : { related: related.map((one) => `${one.message}: ${one.path ?? text.slice(one.span.start, one.span.end)}`) }),
    ...(fix === undefined ? {} : { fix: `${fix.description}${fix.safe ? '' : ' (unsafe)'}` }),
  };
}

/** What is found in one rule. */
export const lintText = (text: string, path = GOOD_PATH, options: Partial<LintOptions> = {}): readonly Shown[] =>
  lintTexts({ [path]: text }, options).map((one) => shown(text, one));

/** What one check finds in a rule, or in several by path. */
export function findingsOf(id: string, texts: string | Readonly<Record<string, string>>): readonly Shown[] {
  const byPath = typeof texts === 'string' ? { [GOOD_PATH]: texts } : texts;
  return lintTexts(byPath)
    .filter((one) => one.id === id)
    .map((one) => shown(byPath[one.path] ?? '', one));
}

/** The text after all fixes. */
export function fixedText(text: string, unsafe = false, path = GOOD_PATH): string {
  const file: RuleFile = loadRuleFile(path, text);
  const { files } = fixFiles([file], { unsafe, lint: (all) => lintFiles(all, DEFAULTS), load: loadRuleFile });
  return files[0]?.source.text ?? '';
}
