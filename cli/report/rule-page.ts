import type { Rule, RuleBody, ThreatItem } from '../rule/rule.ts';
import { isJsonObject, jsonText, own } from '../text/json.ts';

/** Kibana's own values for what a rule does not say (kibana: rule_schema defaults). */
const DEFAULTS = { interval: '5m', from: 'now-6m', maxSignals: 100 };

const fact = (title: string, value: string): string[] => [`**${title}**: ${value}`, ''];
const list = (title: string, items: readonly string[] | undefined): string[] => [
  `**${title}**:`,
  '',
  ...(items ?? []).map((one) => `- ${one}`),
  ...(items === undefined || items.length === 0 ? [] : ['']),
];
/** A title only where there is something to say. */
const listIfAny = (title: string, items: readonly string[] | undefined): string[] =>
  items === undefined || items.length === 0 ? [] : list(title, items);
const factIfAny = (title: string, value: unknown): string[] =>
  value === undefined || value === '' ? [] : fact(title, jsonText(value));

/** A fence that the text itself does not close. */
function fenced(language: string, text: string): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, text.trim(), fence, ''];
}

/** What a rule of its type has beside query and indices, as one JSON text a key. */
function special(body: RuleBody): string[] {
  const keys = [
    ['threshold', 'Threshold'],
    ['new_terms', 'New terms'],
    ['new_terms_fields', 'New terms fields'],
    ['history_window_start', 'History since'],
    ['threat_index', 'Indicator indices'],
    ['threat_query', 'Indicator query'],
    ['threat_mapping', 'Indicator mapping'],
    ['machine_learning_job_id', 'Machine learning jobs'],
    ['anomaly_threshold', 'Anomaly threshold'],
    ['alert_suppression', 'Alert suppression'],
    ['severity_mapping', 'Severity mapping'],
    ['risk_score_mapping', 'Risk score mapping'],
    ['rule_name_override', 'Rule name from'],
    ['building_block_type', 'Building block'],
    ['timestamp_override', 'Timestamp from'],
  ] as const;
  return keys.flatMap(([key, title]) => factIfAny(title, body[key]));
}

function threat(body: RuleBody): string[] {
  const item = (title: string, one: ThreatItem): string[] => [
    `- ${title}:`,
    `  - Name: ${one.name}`,
    `  - ID: ${one.id}`,
    `  - Reference URL: ${one.reference}`,
  ];
  return (body.threat ?? []).flatMap((entry) => [
    ...fact('Framework', entry.framework),
    ...item('Tactic', entry.tactic),
    ...(entry.technique ?? []).flatMap((technique) => [
      ...item('Technique', technique),
      ...(technique.subtechnique ?? []).flatMap((sub) => item('Sub-technique', sub)),
    ]),
    '',
  ]);
}

const exceptions = (body: RuleBody): string[] =>
  (Array.isArray(body['exceptions_list']) ? body['exceptions_list'] : [])
    .filter(isJsonObject)
    .map((one) => `${jsonText(own(one, 'list_id'))} (${jsonText(own(one, 'type'))})`);

/** The rule as a person reads it, in Markdown: the facts in the order of Elastic's rule pages, guide, setup, query, ATT&CK. */
export function rulePage(rule: Rule): string {
  const { body } = rule;
  const lines = [
    `# ${body.name}`,
    '',
    body.description.trim(),
    '',
    ...fact('Rule type', body.type),
    ...listIfAny('Rule indices', body.index),
    ...factIfAny('Data view', body.data_view_id),
    ...fact('Severity', body.severity),
    ...fact('Risk score', String(body.risk_score)),
    ...fact('Runs every', body.interval ?? DEFAULTS.interval),
    ...fact('Searches indices from', body.from ?? DEFAULTS.from),
    ...fact('Maximum alerts per execution', String(body.max_signals ?? DEFAULTS.maxSignals)),
    ...special(body),
    ...list('References', body.references),
    ...list('Tags', body.tags),
    ...fact('Version', rule.version === undefined ? 'none' : String(rule.version)),
    ...list('Rule authors', body.author),
    ...factIfAny('Rule license', body.license),
    ...listIfAny('False positives', body.false_positives),
    ...listIfAny('Exception lists', exceptions(body)),
    ...(body.note === undefined || body.note.trim() === '' ? [] : [body.note.trim(), '']),
    ...(body.setup === undefined || body.setup.trim() === '' ? [] : [...setup(body.setup), '']),
    ...(body.query === undefined ? [] : ['## Rule query', '', ...fenced(body.language ?? '', body.query)]),
    ...(body.filters === undefined || body.filters.length === 0
      ? []
      : ['## Filters', '', ...fenced('json', JSON.stringify(body.filters, null, 2))]),
    ...threat(body),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** The setup section has its heading, whether the file writes it or not. */
const setup = (text: string): string[] =>
  /^\s*#+ *setup\b/i.test(text) ? [text.trim()] : ['## Setup', '', text.trim()];
