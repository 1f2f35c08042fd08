import type { Finding } from '../text/diagnostic.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';
import { SourceFile } from '../text/source-file.ts';
import { parseToml, type TomlDocument } from '../rule/toml/document.ts';
import { validate } from '../rule/validate.ts';
import type { Expectation } from './expectation.ts';

/** A case that suite.toml writes out, by files or by a base and its overrides. */
export interface WrittenCase {
  readonly name: string;
  /** Absent: the kind of the base. */
  readonly kind?: 'positive' | 'negative';
  readonly base?: string;
  /** Which event of the base (from 1) is changed; absent: each. */
  readonly baseEvent?: number;
  readonly events?: readonly string[];
  readonly set: JsonObject;
  readonly unset: readonly string[];
  readonly expectation: Expectation;
  readonly line: number;
  /** Where keys of the case stand, for findings: `place('base')`. */
  place(key: string): { readonly start: number; readonly end: number };
}

/** `suite.toml`, read. Without one, a suite is just its two folders. */
export interface Suite {
  readonly path: string;
  readonly fields: JsonObject;
  readonly clock?: string;
  readonly clockSpan?: { readonly start: number; readonly end: number };
  readonly requirePositive?: boolean;
  readonly requireNegative?: boolean;
  readonly cases: readonly WrittenCase[];
  /** By case name, for cases that are files. */
  readonly expectations: ReadonlyMap<
    string,
    { readonly expectation: Expectation; readonly span: { readonly start: number; readonly end: number } }
  >;
  readonly source: SourceFile;
}

const table = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {});
const strings = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];

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
function flatten(value: JsonObject, prefix = ''): JsonObject {
  const entries: [string, Json][] = [];
  for (const [key, inner] of Object.entries(value)) {
    if (isJsonObject(inner) && Object.keys(inner).length > 0)
      entries.push(...Object.entries(flatten(inner, `${prefix}${key}.`)));
    else entries.push([`${prefix}${key}`, inner]);
  }
  return Object.fromEntries(entries);
}

function writtenCase(document: TomlDocument, source: SourceFile, value: JsonObject, at: number): WrittenCase {
  const name = own(value, 'name');
  const kind = own(value, 'kind');
  const base = own(value, 'base');
  const events = own(value, 'events');
  const [file, number] = typeof base === 'string' ? base.split('#') : [undefined, undefined];
  return {
    name: typeof name === 'string' ? name : `case ${at + 1}`,
    ...(kind === 'positive' || kind === 'negative' ? { kind } : {}),
    ...(file === undefined ? {} : { base: file }),
    ...(number === undefined ? {} : { baseEvent: Number(number) }),
    ...(events === undefined ? {} : { events: strings(events) }),
    set: flatten(table(own(value, 'set'))),
    unset: strings(own(value, 'unset')),
    expectation: expectationOf(value),
    line: source.position(document.keySpan(['case', at, 'name']).start).line,
    place: (key) => document.valueSpan(['case', at, key]),
  };
}

/** Reads suite.toml. Faults are findings at their place; what can be used is used. */
export function readSuite(
  path: string,
  text: string,
): { readonly suite?: Suite; readonly findings: readonly Finding[] } {
  const source = new SourceFile(path, text);
  const document = parseToml(source);
  const { data } = document;
  if (data === undefined) return { findings: document.problems.map((one) => ({ ...one, path })) };
  const findings = validate('suite', document).map((one): Finding => ({ ...one, path }));
  if (findings.some((one) => one.severity === 'error')) return { findings };
  const clock = own(data, 'clock');
  const positive = own(data, 'require_positive');
  const negative = own(data, 'require_negative');
  const cases = own(data, 'case');
  const expectations = new Map(
    Object.entries(table(own(data, 'expect'))).map(([name, value]) => [
      name,
      { expectation: expectationOf(table(value)), span: document.keySpan(['expect', name]) },
    ]),
  );
  const suite: Suite = {
    path,
    source,
    fields: flattenFields(table(own(table(own(data, 'mapping')), 'fields'))),
    ...(typeof clock === 'string' ? { clock, clockSpan: document.valueSpan(['clock']) } : {}),
    ...(typeof positive === 'boolean' ? { requirePositive: positive } : {}),
    ...(typeof negative === 'boolean' ? { requireNegative: negative } : {}),
    cases: Array.isArray(cases)
      ? cases.filter(isJsonObject).map((value, at) => writtenCase(document, source, value, at))
      : [],
    expectations,
  };
  return { suite, findings };
}

/** `"a.b" = "keyword"`, `"a.b" = { type = "keyword", … }`, and the same as sub-tables. */
function flattenFields(value: JsonObject, prefix = ''): JsonObject {
  const entries: [string, Json][] = [];
  for (const [key, inner] of Object.entries(value)) {
    if (isJsonObject(inner) && typeof own(inner, 'type') !== 'string')
      entries.push(...Object.entries(flattenFields(inner, `${prefix}${key}.`)));
    else entries.push([`${prefix}${key}`, typeof inner === 'string' ? { type: inner } : inner]);
  }
  return Object.fromEntries(entries);
}

/** The suite's `[mapping] fields` as the body of an Elasticsearch mapping. */
export function declaredMapping(fields: JsonObject): JsonObject {
  return { properties: fields };
}
