import { suggest } from '../../text/suggest.ts';
import type { Check } from '../check.ts';

const BANDS = { low: [0, 21], medium: [22, 47], high: [48, 73], critical: [74, 100] } as const;
const band = (score: number): string => Object.entries(BANDS).find(([, [, high]]) => score <= high)?.[0] ?? 'critical';
const snake = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^_a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');

export const ruleChecks: readonly Check[] = [
  {
    id: 'rule/severity-risk-score',
    severity: 'error',
    summary: 'Severity and risk score belong to the same band.',
    run(file) {
      const body = file.rule?.body;
      if (body === undefined || band(body.risk_score) === body.severity) return [];
      const [low, high] = BANDS[body.severity];
      return [
        {
          id: 'rule/severity-risk-score',
          severity: 'error',
          message: `severity ${body.severity} does not go with risk score ${body.risk_score}`,
          span: file.valueSpan(['rule', 'risk_score']),
          why: 'analysts sort by both, and they would contradict each other',
          help: `${body.severity} is ${low} to ${high}; ${body.risk_score} is ${band(body.risk_score)}`,
        },
      ];
    },
  },
  {
    id: 'rule/version-present',
    severity: 'error',
    summary: 'Every rule has a version.',
    run(file) {
      if (file.rule === undefined || file.rule.version !== undefined) return [];
      return [
        {
          id: 'rule/version-present',
          severity: 'error',
          message: 'the rule has no version',
          span: file.keySpan(['rule', 'name']),
          why: 'Kibana cannot tell an update from what it has',
          help: 'add version = 1 to [rule], or keep a version.lock.json',
        },
      ];
    },
  },
  {
    id: 'rule/id-format',
    severity: 'warning',
    summary: 'The rule id is a lower-case UUID.',
    run(file) {
      const id = file.rule?.body.rule_id;
      if (id === undefined || /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return [];
      return [
        {
          id: 'rule/id-format',
          severity: 'warning',
          message: `${id} is not a lower-case UUID`,
          span: file.valueSpan(['rule', 'rule_id']),
          why: 'other tools refuse such an id',
          help: 'a published id must not change; give new rules a UUID',
        },
      ];
    },
  },
  {
    id: 'rule/file-name',
    severity: 'warning',
    summary: 'The file is called after tactic and name.',
    run(file) {
      const body = file.rule?.body;
      if (body === undefined || file.rule?.metadata.maturity === 'deprecated') return [];
      const base = (file.path.split('/').at(-1) ?? '').replace(/\.toml$/, '');
      const make = (message: string, help: string) => ({
        id: 'rule/file-name',
        severity: 'warning' as const,
        message,
        span: file.valueSpan(['rule', 'name']),
        why: 'people look for a rule by its tactic and its name',
        help,
      });
      if (!/^[a-z0-9_]+$/.test(base))
        return [make(`the file name ${base} has other characters than a-z, 0-9 and _`, `call it ${snake(base)}.toml`)];
      const tactics = (body.threat ?? []).map((one) => snake(one.tactic.name));
      if (tactics.length > 0 && body.type !== 'machine_learning' && !tactics.some((one) => base.startsWith(`${one}_`)))
        return [
          make(
            'the file name does not begin with a tactic of the rule',
            `call it ${tactics[0] ?? ''}_${snake(body.name)}.toml`,
          ),
        ];
      return [];
    },
  },
  {
    id: 'rule/max-signals',
    severity: 'error',
    summary: 'No more alerts per run than Kibana creates.',
    run(file) {
      const max = file.rule?.body.max_signals;
      if (max === undefined || max <= 1000) return [];
      return [
        {
          id: 'rule/max-signals',
          severity: 'error',
          message: `max_signals is ${max}, Kibana creates 1,000 at most`,
          span: file.valueSpan(['rule', 'max_signals']),
          why: 'the limit of the cluster (xpack.alerting.rules.run.alerts.max) wins, with a warning at every run',
          help: 'take 1000 or less',
        },
      ];
    },
  },
  {
    id: 'rule/index-or-data-view',
    severity: 'error',
    summary: 'A rule searches indices or a data view, not both, and says which.',
    run(file) {
      const body = file.rule?.body;
      if (body === undefined || body.type === 'esql' || body.type === 'machine_learning') return [];
      const both = body.index !== undefined && body.data_view_id !== undefined;
      const none = body.index === undefined && body.data_view_id === undefined;
      if (!both && !(none && body.type !== 'threat_match')) return [];
      return [
        {
          id: 'rule/index-or-data-view',
          severity: both ? 'error' : 'warning',
          message: both ? 'the rule has both index and data_view_id' : 'the rule names no index',
          span: file.keySpan(['rule', both ? 'data_view_id' : 'type']),
          why: both
            ? 'Kibana uses the data view and ignores the indices'
            : "it searches the space's default indices, which differ from space to space",
          help: both ? 'take one of them out' : 'add index = ["logs-…"]',
        },
      ];
    },
  },
  {
    id: 'rule/reference-url',
    severity: 'warning',
    summary: 'References are web addresses.',
    run(file) {
      return (file.rule?.body.references ?? []).flatMap((reference, at) =>
        /^https?:\/\/[^\s<>"]+$/.test(reference)
          ? []
          : [
              {
                id: 'rule/reference-url',
                severity: 'warning' as const,
                message: 'this reference is no web address',
                span: file.valueSpan(['rule', 'references', at]),
                why: 'Kibana shows references as links',
                help:
                  suggest(reference.slice(0, 8), ['https://']) === undefined
                    ? 'begin it with https://'
                    : 'correct it to https://',
              },
            ],
      );
    },
  },
];
