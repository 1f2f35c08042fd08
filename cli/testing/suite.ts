import type { Finding } from '../text/diagnostic.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';
import { SourceFile } from '../text/source-file.ts';
import type { Span } from '../text/span.ts';
import { parseToml, type TomlDocument } from '../rule/toml/document.ts';
import { SUITE } from '../rule/kinds/suite.ts';
import { validate } from '../rule/validate.ts';
import { parseClock } from './clock.ts';
import type { Expectation } from './expectation.ts';
import type { CaseKind } from './fixtures.ts';
import { declaredFields } from './suite-mapping.ts';

/** A case that suite.toml writes out, by files or by a base and its overrides. */
export interface WrittenCase {
  readonly name: string;
  /** Absent: by its name, `negative/…`, or the kind of the base. */
  readonly kind?: CaseKind;
  readonly base?: string;
  /** Which event of the base (from 1) is changed; absent: each. NaN: what is written there is no number. */
  readonly baseEvent?: number;
  readonly events?: readonly string[];
  readonly set: JsonObject;
  readonly unset: readonly string[];
  readonly expectation: Expectation;
  /** What the case shows. */
  readonly why?: string;
  readonly line: number;
  /** Where keys of the case stand, for findings: `place('base')`. */
  readonly place: (key: string) => Span;
  /** Where a field of `set` is named. */
  readonly setPlace: (field: string) => Span;
}

/** What suite.toml expects of a case that is a file. */
export interface WrittenExpectation {
  readonly expectation: Expectation;
  /** Where its keys stand; undefined: where its name does. */
  readonly place: (key: string | undefined) => Span;
}

/** `suite.toml`, read. Without one, a suite is just its two folders. */
export interface Suite {
  readonly path: string;
  /** `[mapping] fields` as the `properties` of an Elasticsearch mapping; empty: none. */
  readonly fields: JsonObject;
  /** Epoch milliseconds. */
  readonly clock?: number;
  readonly requirePositive?: boolean;
  readonly requireNegative?: boolean;
  readonly cases: readonly WrittenCase[];
  /** By case name, for cases that are files. */
  readonly expectations: ReadonlyMap<string, WrittenExpectation>;
}

const table = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {});
const strings = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];

/** A finding in suite.toml. */
export const suiteFinding = (
  suite: { readonly path: string },
  id: string,
  where: Span,
  message: string,
  more: { readonly label?: string; readonly why?: string; readonly help: string },
): Finding => ({ id, severity: 'error', path: suite.path, span: where, message, ...more });

/** The optional members that are really there: `exactOptionalPropertyTypes` knows no undefined member. */
function expectationOf(value: JsonObject): Expectation {
  const alerts = own(value, 'alerts');
  const alert = own(value, 'alert');
  return {
    ...(typeof alerts === 'number' ? { alerts } : {}),
    ...(isJsonObject(alert) ? { alert: flatten(alert) } : {}),
  };
}

/** Field tables may be written dotted or as sub-tables: `set = { process.name = "x" }` is TOML for a sub-table. */
function leaves(value: JsonObject, above: readonly string[] = []): { pointer: readonly string[]; value: Json }[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const pointer = [...above, key];
    return isJsonObject(inner) && Object.keys(inner).length > 0 ? leaves(inner, pointer) : [{ pointer, value: inner }];
  });
}

const flatten = (value: JsonObject): JsonObject =>
  Object.fromEntries(leaves(value).map((leaf) => [leaf.pointer.join('.'), leaf.value]));

function writtenCase(document: TomlDocument, value: JsonObject, at: number): WrittenCase {
  const name = own(value, 'name');
  const kind = own(value, 'kind');
  const base = own(value, 'base');
  const events = own(value, 'events');
  const why = own(value, 'why');
  const [file, number] = typeof base === 'string' ? base.split('#') : [undefined, undefined];
  const set = table(own(value, 'set'));
  return {
    name: typeof name === 'string' ? name : `case ${at + 1}`,
    ...(kind === 'positive' || kind === 'negative' ? { kind } : {}),
    ...(file === undefined ? {} : { base: file }),
    ...(number === undefined ? {} : { baseEvent: /^\d+$/.test(number) ? Number(number) : NaN }),
    ...(events === undefined ? {} : { events: strings(events) }),
    set: flatten(set),
    unset: strings(own(value, 'unset')),
    expectation: expectationOf(value),
    ...(typeof why === 'string' ? { why } : {}),
    line: document.source.position(document.keySpan(['case', at, 'name']).start).line,
    place: (key) => document.valueSpan(['case', at, key]),
    setPlace: (field) => {
      const leaf = leaves(set).find((one) => one.pointer.join('.') === field);
      return document.keySpan(['case', at, 'set', ...(leaf?.pointer ?? [])]);
    },
  };
}

/** Reads suite.toml. Faults are findings at their place; a suite with a fault in its form is not used at all. */
export function readSuite(
  path: string,
  bytes: Uint8Array,
): { readonly suite?: Suite; readonly findings: readonly Finding[] } {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return {
      findings: [
        suiteFinding({ path }, 'file/not-text', { start: 0, end: 0 }, 'the file is not valid UTF-8', {
          why: 'no case that it writes was run',
          help: 'save it as UTF-8',
        }),
      ],
    };
  }
  const document = parseToml(new SourceFile(path, text));
  const { data } = document;
  if (data === undefined) return { findings: document.problems.map((one) => ({ ...one, path })) };
  const faults = validate(SUITE, document).map((one): Finding => ({
    ...one,
    path,
    why: 'a suite.toml with a fault in its form is not used: no case of it was run',
  }));
  if (faults.length > 0) return { findings: faults };
  const written = own(data, 'clock');
  const clock = typeof written === 'string' ? parseClock(written) : undefined;
  const fields = declaredFields(table(own(table(own(data, 'mapping')), 'fields')));
  const findings = fields.faults.map(({ pointer, message, label, why, help }) =>
    suiteFinding({ path }, 'suite/bad-mapping', document.valueSpan(['mapping', 'fields', ...pointer]), message, {
      ...(label === undefined ? {} : { label }),
      why: why ?? 'a field of an unknown type matches nothing, and the cases would show nothing',
      help,
    }),
  );
  if (typeof written === 'string' && clock === undefined)
    findings.push(
      suiteFinding({ path }, 'suite/bad-clock', document.valueSpan(['clock']), `${written} is not an instant`, {
        why: 'the time window of the rule would be measured from nowhere',
        help: 'write a date and a time with a zone, such as "2026-01-31T12:00:00Z"',
      }),
    );
  if (findings.length > 0) return { findings };
  const positive = own(data, 'require_positive');
  const negative = own(data, 'require_negative');
  const cases = own(data, 'case');
  const suite: Suite = {
    path,
    fields: fields.properties,
    ...(clock === undefined ? {} : { clock }),
    ...(typeof positive === 'boolean' ? { requirePositive: positive } : {}),
    ...(typeof negative === 'boolean' ? { requireNegative: negative } : {}),
    cases: Array.isArray(cases) ? cases.filter(isJsonObject).map((value, at) => writtenCase(document, value, at)) : [],
    expectations: new Map(
      Object.entries(table(own(data, 'expect'))).map(([name, value]): [string, WrittenExpectation] => [
        name,
        {
          expectation: expectationOf(table(value)),
          place: (key) =>
            key === undefined ? document.keySpan(['expect', name]) : document.valueSpan(['expect', name, key]),
        },
      ]),
    ),
  };
  return { suite, findings: [] };
}
