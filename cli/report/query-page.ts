import pc from 'picocolors';
import type { Inspection } from '../query/inspect.ts';
import type { Explanation } from '../query/run/explanation.ts';
import type { Tree } from '../query/tree.ts';
import type { Json, JsonObject } from '../text/json.ts';
import { visible, visibleLine } from '../text/display.ts';
import { frame } from '../text/frame.ts';
import { SourceFile } from '../text/source-file.ts';
import { groupLines } from './group-lines.ts';
import { plural, thousands } from './words.ts';

/** A query for people: faults with their frames, the tree, the Query DSL, and each event with the outcome of each predicate. */
export function queryPage(one: Inspection): string {
  const source = new SourceFile('query', one.text);
  const lines: string[] = [];
  for (const fault of one.diagnostics) {
    const { line, column } = source.position(fault.span.start);
    lines.push(
      `${fault.severity}[${fault.id}]: ${visibleLine(fault.message)}`,
      `  query:${line}:${column}`,
      ...frame(source, [
        { span: fault.span, primary: true, ...(fault.label === undefined ? {} : { message: fault.label }) },
      ]).map((row) => `  ${row}`),
      ...(fault.why === undefined ? [] : [`     = why: ${visible(fault.why)}`]),
      ...(fault.help === undefined ? [] : [`     = help: ${visible(fault.help)}`]),
      '',
    );
  }
  if (one.tree !== undefined) lines.push('tree', ...treeLines(one.tree, '  '), '');
  if (one.dsl !== undefined)
    lines.push(
      'query dsl',
      ...JSON.stringify(one.dsl, null, 2)
        .split('\n')
        .map((row) => `  ${visible(row)}`),
      '',
    );
  for (const { event, matched, refused, error, explanation } of one.events) {
    const said = refused === undefined ? error : `Elasticsearch refuses the document: ${refused}`;
    lines.push(`${matched ? '✔' : '✘'} ${visibleLine(event.id)}${said === undefined ? '' : `   ${visibleLine(said)}`}`);
    if (explanation !== undefined) lines.push(...explained(explanation, one.text, '    '));
  }
  for (const { key, events } of one.groups ?? [])
    lines.push(visibleLine(`✔ ${JSON.stringify(key)} ${events.map((event) => event?.id ?? 'missing').join(', ')}`));
  if (one.furthest !== undefined)
    lines.push(
      ...groupLines(one.furthest, one.text, {
        indent: '',
        colour: pc.createColors(false),
        explain: (explanation, indent) => explained(explanation, one.text, indent),
      }),
      '',
    );
  if (one.groups !== undefined) lines.push(plural(one.groups.length, 'group'));
  if (one.events.length > 0) {
    const matched = one.events.filter((each) => each.matched).length;
    const refused = one.events.filter((each) => each.refused !== undefined).length;
    const left = refused === 0 ? '' : `, ${thousands(refused)} refused`;
    lines.push('', `${plural(one.events.length, 'event')}, ${thousands(matched)} matched${left}`);
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

const treeLines = ({ label, children }: Tree, indent: string): string[] => [
  `${indent}${visibleLine(label)}`,
  ...children.flatMap((child) => treeLines(child, `${indent}  `)),
];

const MAX_VALUES = 6;

/** A line a predicate: whether it held, its text, what the event has, the nearest reason. */
function explained(one: Explanation, text: string, indent: string): string[] {
  const mark = one.held ? '✔' : '✘';
  if (one.children.length > 0) {
    const { query } = one;
    const negated = query.kind === 'bool' ? new Set(query.mustNot) : new Set();
    const plain = one.children.filter((child) => !negated.has(child.query));
    const not = one.children.filter((child) => negated.has(child.query));
    const any = query.kind === 'bool' && (query.should?.length ?? 0) > 1;
    const inside = any ? `${indent}  ` : indent;
    return [
      ...(any ? [`${indent}${mark} any of`] : []),
      ...plain.flatMap((child) => explained(child, text, inside)),
      ...(not.length === 0
        ? []
        : [
            `${indent}${not.some((child) => child.held) ? '✘' : '✔'} not`,
            ...not.flatMap((child) => explained(child, text, `${indent}  `)),
          ]),
      ...(one.reason === undefined ? [] : [`${indent}  ${visibleLine(one.reason)}`]),
    ];
  }
  const values = (one.actual ?? []).map(({ values: found }) =>
    found.length === 0
      ? 'absent'
      : `${found.slice(0, MAX_VALUES).map(shown).join(', ')}${found.length > MAX_VALUES ? ', …' : ''}`,
  );
  const reason = one.reason === undefined ? '' : `   ${one.reason}`;
  return [visibleLine(`${indent}${mark} ${written(one, text).padEnd(40)} ${values.join('; ')}${reason}`).trimEnd()];
}

const shown = (value: unknown): string => {
  const text = typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

function written({ query }: Explanation, text: string): string {
  const found = query.span === undefined ? '' : text.slice(query.span.start, query.span.end).replace(/\s+/g, ' ');
  const name = found !== '' ? found : 'field' in query ? `${query.field} (${query.kind})` : query.kind;
  return name.length > 90 ? `${name.slice(0, 87)}…` : name;
}

/** The same as one JSON document. */
export const queryJson = (one: Inspection): Json => ({
  language: one.language,
  query: one.text,
  tree: one.tree === undefined ? null : treeJson(one.tree),
  dsl: one.dsl ?? null,
  diagnostics: one.diagnostics.map(({ id, severity, message, span, why, help }): JsonObject => ({
    id,
    severity,
    message,
    start: span.start,
    end: span.end,
    ...(why === undefined ? {} : { why }),
    ...(help === undefined ? {} : { help }),
  })),
  events: one.events.map(({ event, matched, refused, error, explanation }): JsonObject => ({
    _index: event.index,
    _id: event.id,
    matched,
    ...(refused === undefined ? {} : { refused }),
    ...(error === undefined ? {} : { error }),
    ...(explanation === undefined ? {} : { explanation: explanationJson(explanation, one.text) }),
  })),
  ...groupsJson(one.groups),
  ...furthestJson(one.furthest, one.text),
});

/** Groups as JSON: the key and the ids of the events, null where one had to be missing. */
const groupsJson = (groups: Inspection['groups']): JsonObject =>
  groups === undefined
    ? {}
    : {
        groups: groups.map(({ key, events }): JsonObject => ({
          key,
          events: events.map((event) => event?.id ?? null),
        })),
      };

/** How far the events get: each stage with its outcome, the event that fits it, and the kind of what broke it. */
const furthestJson = (furthest: Inspection['furthest'], text: string): JsonObject =>
  furthest === undefined
    ? {}
    : {
        furthest: {
          key: furthest.key.map(({ name, value }): JsonObject => ({ name, value })),
          stages: furthest.stages.map(({ span, missing, outcome, event, cause }): JsonObject => ({
            term: text.slice(span.start, span.end),
            missing,
            outcome,
            ...(event === undefined ? {} : { event: event.id }),
            ...(cause === undefined ? {} : { cause: cause.kind }),
          })),
        },
      };

const treeJson = ({ label, children }: Tree): JsonObject => ({
  label,
  ...(children.length === 0 ? {} : { children: children.map(treeJson) }),
});

const explanationJson = (one: Explanation, text: string): JsonObject => ({
  clause: written(one, text),
  kind: one.query.kind,
  held: one.held,
  ...(one.actual === undefined
    ? {}
    : {
        actual: one.actual.map(({ field, values, mapped }): JsonObject => ({
          field,
          values: values.map((value) => (typeof value === 'bigint' ? String(value) : value)),
          mapped,
        })),
      }),
  ...(one.reason === undefined ? {} : { reason: one.reason }),
  ...(one.children.length === 0 ? {} : { children: one.children.map((child) => explanationJson(child, text)) }),
});
