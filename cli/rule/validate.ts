import type { Diagnostic } from '../text/diagnostic.ts';
import { isJsonObject, own, type Json } from '../text/json.ts';
import { suggest } from '../text/suggest.ts';
import type { Span } from '../text/span.ts';
import { config, rule, suite, type SchemaFault } from './generated/validators.js';
import { TYPES } from './schema/rule-schema.ts';
import type { TomlDocument } from './toml/document.ts';

const VALIDATORS = { rule, suite, config };

/** What a pattern of the schemas asks for, in words. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\{8\}/, 'a lower-case UUID: 8-4-4-4-12 hexadecimal digits'],
  [/\\d\{4\}\//, 'a day as YYYY/MM/DD'],
  [/smhd/, 'a number and one of s, m, h, d, such as 5m'],
  [/mitre/, 'an address at attack.mitre.org or atlas.mitre.org'],
  [/\\d\+\\\./, 'a version such as 9.4'],
];

const segments = (path: string): (string | number)[] =>
  path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

function at(data: Json, pointer: readonly (string | number)[]): Json | undefined {
  let value: Json | undefined = data;
  for (const part of pointer) {
    if (Array.isArray(value)) value = (value as readonly Json[])[Number(part)];
    else if (isJsonObject(value)) value = own(value, String(part));
    else return undefined;
  }
  return value;
}

const nameOf = (pointer: readonly (string | number)[]): string =>
  pointer
    .map((part) => (typeof part === 'number' ? `[${part}]` : part))
    .join('.')
    .replaceAll('.[', '[');

const param = (fault: SchemaFault, key: string): unknown => fault.params[key];

const typeName = (value: Json | undefined): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'object'
        ? 'a table'
        : typeof value === 'string'
          ? 'text'
          : typeof value === 'boolean'
            ? 'a boolean'
            : 'a number';

const WANTED: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a table',
};

/** Checks a document against its schema. Each fault once, under the exact key or value. */
export function validate(kind: keyof typeof VALIDATORS, document: TomlDocument): readonly Diagnostic[] {
  const data = document.data ?? {};
  const check = VALIDATORS[kind];
  if (check(data)) return [];
  const found: Diagnostic[] = [];
  for (const fault of check.errors ?? []) {
    const diagnostic = explain(fault, document, data);
    if (
      diagnostic !== undefined &&
      !found.some((one) => one.span.start === diagnostic.span.start && one.message === diagnostic.message)
    )
      found.push(diagnostic);
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

function explain(fault: SchemaFault, document: TomlDocument, data: Json): Diagnostic | undefined {
  const pointer = segments(fault.instancePath);
  const make = (id: string, span: Span, message: string, more: { help?: string; label?: string } = {}): Diagnostic => ({
    id,
    severity: 'error',
    message,
    span,
    why: 'the file does not have the form that dac and Kibana read',
    ...more,
  });
  switch (fault.keyword) {
    case 'additionalProperties': {
      const key = String(param(fault, 'additionalProperty'));
      const path = [...pointer, key];
      const known = Object.keys(fault.parentSchema?.properties ?? {});
      const meant = suggest(key, known);
      const type = pointer.length === 1 ? at(data, [...pointer, 'type']) : undefined;
      const elsewhere = Object.entries(TYPES)
        .filter(([, one]) => Object.hasOwn(one.properties, key))
        .map(([name]) => name);
      return make('schema/unknown-key', document.keySpan(path), `unknown key ${nameOf(path)}`, {
        ...(meant === undefined ? {} : { label: `did you mean ${meant}?` }),
        help:
          typeof type === 'string' && elsewhere.length > 0 && pointer[0] === 'rule'
            ? `rules of type ${type} do not have it; ${elsewhere.join(', ')} do`
            : 'take it out, or correct its name',
      });
    }
    case 'required': {
      const key = String(param(fault, 'missingProperty'));
      return make('schema/missing-key', document.keySpan(pointer), `${nameOf([...pointer, key])} is missing`, {
        help: `add ${key} = … to ${pointer.length === 0 ? 'the file' : `[${nameOf(pointer)}]`}`,
      });
    }
    case 'type': {
      const types = param(fault, 'type');
      const wanted = (Array.isArray(types) ? types.map(String) : String(types).split(','))
        .map((one) => WANTED[one] ?? one)
        .join(' or ');
      return make(
        'schema/wrong-type',
        document.valueSpan(pointer),
        `${nameOf(pointer)} has to be ${wanted}, this is ${typeName(at(data, pointer))}`,
      );
    }
    case 'enum':
    case 'discriminator': {
      const path = fault.keyword === 'enum' ? pointer : [...pointer, 'type'];
      const value = at(data, path);
      const allowed =
        fault.keyword === 'enum'
          ? (param(fault, 'allowedValues') as readonly unknown[]).map(String)
          : Object.keys(TYPES);
      if (value === undefined) return undefined;
      const meant = typeof value === 'string' ? suggest(value, allowed) : undefined;
      return make('schema/bad-value', document.valueSpan(path), `${nameOf(path)} cannot be ${JSON.stringify(value)}`, {
        help: `it is one of ${allowed.join(', ')}`,
        ...(meant === undefined ? {} : { label: `did you mean ${meant}?` }),
      });
    }
    case 'pattern': {
      const pattern = String(param(fault, 'pattern'));
      const words = PATTERNS.find(([test]) => test.test(pattern))?.[1] ?? 'of another form';
      return make('schema/bad-value', document.valueSpan(pointer), `${nameOf(pointer)} has to be ${words}`);
    }
    case 'const':
    case 'oneOf':
      return undefined;
    default:
      return make(
        'schema/bad-value',
        document.valueSpan(pointer),
        `${nameOf(pointer)} ${fault.message ?? 'is not allowed'}`,
      );
  }
}
