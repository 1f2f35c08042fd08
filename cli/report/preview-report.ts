import type { ComparedAlert, Comparison } from '../cluster/comparison.ts';
import type { SourceRef } from '../cluster/preview-alerts.ts';
import type { NoIndex } from '../cluster/nearest-indices.ts';
import type { PreviewRun } from '../kibana/client/preview-api.ts';
import type { Explanation } from '../query/run/explanation.ts';
import type { GroupExplanation } from '../query/run/sequence/explanation.ts';
import { visibleLine } from '../text/display.ts';
import { elements, isJsonObject, jsonText, own, type Json } from '../text/json.ts';
import { explanationLines } from './explanation-lines.ts';
import { groupLines } from './group-lines.ts';
import { escaped } from './json.ts';
import { styleOf, withoutSymbols, type Drawing, type Style } from './style.ts';
import { plural, seconds, thousands } from './words.ts';
import { withoutCommands } from './workflow-commands.ts';

/** An alert that was compared, and why only one side has it. */
export interface Explained {
  readonly alert: ComparedAlert;
  readonly reason?: string;
  readonly explanation?: Explanation;
  readonly group?: GroupExplanation;
}

/** Everything there is to say of a preview. */
export interface PreviewReport {
  readonly version: string;
  readonly rule: { readonly ruleId: string; readonly name: string; readonly path: string; readonly query: string };
  /** Such as `space "soc" at kibana.example.org`. */
  readonly target: string;
  readonly previewId?: string;
  /** Index that holds the alerts for a while. */
  readonly index: string;
  /** Runs that were asked for. */
  readonly planned: number;
  /** As the rule writes it. */
  readonly interval: string;
  /** What the runs look at, ISO 8601. */
  readonly from: string;
  readonly to: string;
  readonly runs: readonly PreviewRun[];
  readonly aborted: boolean;
  /** Alerts that Kibana made, without the building blocks of sequences; absent: they were not read. */
  readonly found?: { readonly alerts: number; readonly whole: boolean; readonly indexed: boolean };
  /** Absent: nothing was compared. */
  readonly compared?: {
    readonly comparison: Comparison;
    readonly explained: readonly Explained[];
    readonly events: number;
    readonly indices: number;
  };
  readonly notCompared?: { readonly why: string; readonly help?: string };
  /** Present: the rule searches nothing. */
  readonly noIndex?: NoIndex;
  readonly notes: readonly string[];
  /** Seconds that all of it took. */
  readonly time: number;
}

/** Alerts that pretty draws, at most; JSON has all. */
const SHOWN = 20;

const refText = ({ index, id }: SourceRef): string => visibleLine(`${index}/${id}`);

const termsText = (terms: Json): string =>
  elements(terms)
    .map((one) => (isJsonObject(one) ? `${jsonText(own(one, 'field'))}: ${JSON.stringify(own(one, 'value') ?? null)}` : ''))
    .map(visibleLine)
    .join(', '); // prettier-ignore

const nameOf = ({ terms, events }: ComparedAlert): string =>
  terms === undefined ? events.map(refText).join(', ') : `group ${termsText(terms)}`;

/** True: Kibana and the prediction do not say the same, or a run did not do what it should. */
export const isAmiss = ({ runs, aborted, compared }: PreviewReport): boolean =>
  aborted ||
  runs.some((run) => run.errors.length > 0) ||
  (compared !== undefined &&
    compared.comparison.differ + compared.comparison.onlyInKibana + compared.comparison.onlyPredicted > 0);

/** The same text of several runs is told once. */
function runLines({ runs }: PreviewReport, { colour }: Style): readonly string[] {
  const told = new Map<string, { readonly paint: (text: string) => string; readonly starts: string[] }>();
  const tell = (text: string, paint: (text: string) => string, start: string | undefined): void => {
    const known = told.get(text);
    if (known === undefined) told.set(text, { paint, starts: [start ?? ''] });
    else known.starts.push(start ?? '');
  };
  for (const run of runs) {
    for (const error of run.errors) tell(`error: ${visibleLine(error)}`, colour.red, run.startedAt);
    for (const warning of run.warnings) tell(`warning: ${visibleLine(warning)}`, colour.yellow, run.startedAt);
  }
  return [...told].map(([text, { paint, starts }]) => {
    const [first = '', ...more] = starts;
    const when = first === '' ? '' : `  run of ${visibleLine(first)}${more.length === 0 ? '' : ` and ${more.length} more`}`;
    return `${paint(text)}${when}`;
  }); // prettier-ignore
}

function alertLines(one: Explained, query: string, style: Style): readonly string[] {
  const { colour } = style;
  const { alert } = one;
  const at = alert.at === undefined || alert.at === '' ? '' : `  run of ${visibleLine(alert.at)}`;
  const head =
    alert.outcome === 'differs'
      ? colour.yellow(`~ differs         ${nameOf(alert)}`)
      : alert.outcome === 'only in Kibana'
        ? colour.red(`! only in Kibana  ${nameOf(alert)}`)
        : colour.red(`? only predicted  ${nameOf(alert)}`);
  const explain = (explanation: Explanation, indent: string): readonly string[] =>
    explanationLines(explanation, query, indent, style);
  return [
    `${head}${at}`,
    ...alert.differences.map(
      ({ field, predicted, kibana }) => `    ${field}: predicted ${visibleLine(jsonText(predicted))}, Kibana ${visibleLine(jsonText(kibana))}`,
    ),
    ...(one.reason === undefined ? [] : [`    the engine does not count it: ${visibleLine(one.reason)}`]),
    ...(one.explanation === undefined ? [] : explain(one.explanation, '    ')),
    ...(one.group === undefined ? [] : groupLines(one.group, query, { indent: '    ', colour, explain })),
  ];
} // prettier-ignore

function comparedLines({ compared, notCompared, rule, found }: PreviewReport, style: Style): readonly string[] {
  if (compared === undefined) {
    const alerts =
      found === undefined
        ? 'the alerts were not read'
        : `${found.whole ? '' : 'more than '}${plural(found.alerts, 'alert')}`;
    const help = notCompared?.help === undefined ? [] : [`  help: ${visibleLine(notCompared.help)}`];
    return [`Kibana: ${alerts}`, ...(notCompared === undefined ? [] : [visibleLine(notCompared.why), ...help])];
  }
  const { comparison, explained, events, indices } = compared;
  const unequal = explained.filter((one) => one.alert.outcome !== 'agrees');
  const left = unequal.length - SHOWN;
  return [
    `Kibana: ${plural(comparison.kibana, 'alert')}`,
    `predicted: ${plural(comparison.predicted, 'alert')} on ${plural(events, 'event')} in ${indices === 1 ? '1 index' : `${indices} indices`}`,
    ...(unequal.length === 0 ? [] : ['']),
    ...unequal.slice(0, SHOWN).flatMap((one) => alertLines(one, rule.query, style)),
    ...(left > 0 ? [`… ${left} more, --format json has all`] : []),
  ];
} // prettier-ignore

function verdict(report: PreviewReport): string {
  const { compared, runs, planned, aborted } = report;
  const failed = runs.filter((run) => run.errors.length > 0).length;
  const parts = [
    ...(aborted ? [`Kibana stopped after ${runs.length} of ${plural(planned, 'run')}: its 60 s for a preview were over`] : []),
    ...(failed > 0 ? [`${plural(failed, 'run')} failed`] : []),
  ];
  if (compared === undefined) return [...parts, 'Not compared'].join('. ');
  const { agree, differ, onlyInKibana, onlyPredicted } = compared.comparison;
  const all = isAmiss(report) ? '' : 'Kibana and the prediction agree: ';
  parts.push(`${all}${agree} agree, ${differ} differ, ${onlyInKibana} only in Kibana, ${onlyPredicted} only predicted`);
  return parts.join('. ');
} // prettier-ignore

/** Patterns that are named, at most. */
const PATTERNS = 5;

/** Why a rule whose patterns fit nothing finds nothing, and which name was meant. */
function noIndexLines({ noIndex }: PreviewReport, { colour }: Style): readonly string[] {
  if (noIndex === undefined) return [];
  const { patterns, nearest, known } = noIndex;
  const left = patterns.length - PATTERNS;
  const named = `${patterns.slice(0, PATTERNS).map(visibleLine).join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
  const help =
    nearest.length > 0
      ? `nearest to them: ${nearest.map(visibleLine).join(', ')}`
      : known === undefined
        ? 'the key may not list the indices (view_index_metadata)'
        : known === 0
          ? 'there is no index at all that the key can see'
          : `none of the ${thousands(known)} that the key can see is like them`;
  return [colour.yellow(`no index fits ${named}: the rule searches nothing`), `  help: ${help}`];
}

/** For people: the runs and what they complained of, both counts, what differs and why, the verdict. */
export function previewPretty(report: PreviewReport, drawing: Drawing): string {
  const style = styleOf(drawing);
  const { rule, target, planned, interval, from, to, runs, index } = report;
  const complaints = runLines(report, style);
  const notes = [
    ...report.notes.map((note) => `note: ${visibleLine(note)}`),
    ...(report.found?.indexed === false
      ? [
          'note: no preview in this space has made an alert yet, so that there is no index of them; if one should have, this is not the Elasticsearch behind that Kibana',
        ]
      : []),
  ];
  const lines = [
    `preview of ${visibleLine(rule.path)} in ${visibleLine(target)}`,
    `${plural(planned, 'run')}, every ${visibleLine(interval)}, over ${from} to ${to}`,
    '',
    ...(complaints.length === 0 ? [] : [...complaints, '']),
    ...comparedLines(report, style),
    ...noIndexLines(report, style),
    ...(notes.length === 0 ? [] : ['', ...notes]),
    '',
    `${verdict(report)}. ${plural(runs.length, 'run')} in ${seconds(report.time)}.`,
    ...(report.previewId === undefined
      ? []
      : [`Nothing else was written than the preview, ${visibleLine(report.previewId)} in ${visibleLine(index)}; Kibana deletes it after a day or two.`]),
  ];
  const text = lines.map((line) => `${line}\n`).join('');
  return withoutCommands(style.ascii ? withoutSymbols(text) : text);
} // prettier-ignore

/** The same as one document. */
export function previewJson(report: PreviewReport): string {
  const { version, rule, compared, found, notCompared, time: _, ...rest } = report;
  const { query: __, ...named } = rule;
  const document = {
    schemaVersion: 1,
    tool: { name: 'kibana-dac', version },
    command: 'preview',
    rule: named,
    ...rest,
    ...(found === undefined ? {} : { alerts: found.alerts, alertsWhole: found.whole }),
    ...(notCompared === undefined ? {} : { notCompared }),
    ...(compared === undefined
      ? {}
      : {
          events: compared.events,
          indices: compared.indices,
          summary: { ...compared.comparison, alerts: undefined },
          results: compared.explained.map(({ alert, reason }) => ({ ...alert, ...(reason === undefined ? {} : { reason }) })),
        }),
  };
  return `${escaped(JSON.stringify(document, null, 2))}\n`;
} // prettier-ignore
