import type { Diagnostic } from '../text/diagnostic.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';
import { suggest } from '../text/suggest.ts';
import type { SchemaFault, Validator } from './generated/validator.js';
import { TYPES } from './schema/types.ts';
import type { TomlDocument } from './toml/document.ts';

/**
 * A kind of document that has a schema. Each is a file in `kinds/`, so that its compiled schema, which is large, is loaded
 * by those who read such documents.
 */
export interface DocumentKind {
  readonly check: Validator;
  /** Why a fault in the form matters. */
  readonly why: string;
  /** What `check` did not get to look at, because of the faults it found. */
  readonly beyond?: (data: JsonObject) => readonly SchemaFault[];
}

/** What a pattern of the schemas asks for, in words. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\\d\{4\}\//, 'a day as YYYY/MM/DD'],
  [/smhd/, 'a number and one of s, m, h, d, such as 5m'],
  [/mitre/, 'an address at attack.mitre.org or atlas.mitre.org'],
  [/\\d\+\\\./, 'a version such as 9.4'],
];

/** The parts of a JSON pointer. */
export const segments = (path: string): (string | number)[] =>
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
            : Number.isFinite(value)
              ? 'a number'
              : `${value}`.toLowerCase();

const WANTED: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a table',
};

/** Checks a document against its schema. Each fault once, under the exact key or value. */
export function validate({ check, why, beyond }: DocumentKind, document: TomlDocument): readonly Diagnostic[] {
  const data = document.data ?? {};
  if (check(data)) return [];
  const found: Diagnostic[] = [];
  const faults = [...(check.errors ?? []), ...(beyond?.(data) ?? [])];
  for (const fault of faults) {
    const one = explain(fault, document, data);
    if (one === undefined) continue;
    if (found.some((other) => other.span.start === one.span.start && other.message === one.message)) continue;
    found.push({ severity: 'error', why, ...one });
  }
  return withoutTypos(found).sort((a, b) => a.span.start - b.span.start);
}

/** A misspelled key is one fault: the key that it was meant to be is not reported as missing as well. */
function withoutTypos(found: readonly Diagnostic[]): Diagnostic[] {
  const meant = new Set(
    found.flatMap(({ id, message, label }) => {
      const key = /^did you mean (.+)\?$/.exec(label ?? '')?.[1];
      if (id !== 'schema/unknown-key' || key === undefined) return [];
      const path = message.slice('unknown key '.length);
      return [`${path.slice(0, path.lastIndexOf('.') + 1)}${key} is missing`];
    }),
  );
  return found.filter((one) => one.id !== 'schema/missing-key' || !meant.has(one.message));
}

type Explained = Omit<Diagnostic, 'severity' | 'why'>;

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** Limits in words: keyword of the schema, what it allows, what to do. */
const LIMITS: Readonly<Record<string, (limit: number) => string>> = {
  minItems: (limit) => `needs at least ${plural(limit, 'entry').replace('entrys', 'entries')}`,
  maxItems: (limit) => `may have ${plural(limit, 'entry').replace('entrys', 'entries')} at most`,
  minLength: (limit) => (limit === 1 ? 'must not be empty' : `needs at least ${plural(limit, 'character')}`),
  minimum: (limit) => `has to be ${limit} or more`,
  maximum: (limit) => `has to be ${limit} or less`,
};

function explain(fault: SchemaFault, document: TomlDocument, data: Json): Explained | undefined {
  const pointer = segments(fault.instancePath);
  const bad = (message: string, more: Partial<Explained> = {}): Explained => ({
    id: 'schema/bad-value',
    message: `${nameOf(pointer)} ${message}`,
    span: document.valueSpan(pointer),
    ...more,
  });
  const missing = (message: string, help: string): Explained => ({
    id: 'schema/missing-key',
    message,
    span: document.keySpan(pointer),
    help,
  });
  const place = pointer.length === 0 ? 'the file' : `[${nameOf(pointer)}]`;
  switch (fault.keyword) {
    case 'additionalProperties':
      return unknownKey(fault, pointer, document, data);
    case 'required': {
      // The branches of an anyOf are told together, below.
      if (/\/anyOf\/\d+\/required$/.test(fault.schemaPath)) return undefined;
      const key = String(param(fault, 'missingProperty'));
      return missing(`${nameOf([...pointer, key])} is missing`, `add ${key} = … to ${place}`);
    }
    case 'dependentRequired': {
      const [key, other] = [String(param(fault, 'missingProperty')), String(param(fault, 'property'))];
      return missing(`${nameOf([...pointer, key])} is missing`, `${other} needs it: add ${key} = … to ${place}`);
    }
    case 'anyOf': {
      const ways = (fault.schema as readonly { readonly required: readonly string[] }[]).map((one) =>
        one.required.join(' with '),
      );
      return missing(`${nameOf(pointer)} has none of ${ways.join(', ')}`, `add one of them to ${place}`);
    }
    case 'type': {
      const types = param(fault, 'type');
      const wanted = (Array.isArray(types) ? types.map(String) : String(types).split(','))
        .map((one) => WANTED[one] ?? one)
        .join(' or ');
      return {
        ...bad(`has to be ${wanted}, this is ${typeName(at(data, pointer))}`),
        id: 'schema/wrong-type',
      };
    }
    case 'enum':
      return notOneOf(pointer, (param(fault, 'allowedValues') as readonly unknown[]).map(String), document, data);
    case 'discriminator':
      return notOneOf([...pointer, 'type'], Object.keys(TYPES), document, data);
    case 'pattern': {
      const pattern = String(param(fault, 'pattern'));
      const words = PATTERNS.find(([test]) => test.test(pattern))?.[1] ?? 'of another form';
      return bad(`has to be ${words}`);
    }
    case 'uniqueItems': {
      const [i, j] = [Number(param(fault, 'i')), Number(param(fault, 'j'))];
      return bad('has the same entry twice', {
        span: document.valueSpan([...pointer, Math.max(i, j)]),
        help: 'take one of them out',
      });
    }
    case 'const':
    case 'oneOf':
      return undefined;
    default: {
      const words = LIMITS[fault.keyword]?.(Number(param(fault, 'limit')));
      return bad(words ?? fault.message ?? 'is not allowed');
    }
  }
}

function unknownKey(
  fault: SchemaFault,
  pointer: readonly (string | number)[],
  document: TomlDocument,
  data: Json,
): Explained {
  const key = String(param(fault, 'additionalProperty'));
  const path = [...pointer, key];
  const meant = suggest(key, Object.keys(fault.parentSchema?.properties ?? {}));
  const type = pointer.length === 1 && pointer[0] === 'rule' ? at(data, ['rule', 'type']) : undefined;
  const elsewhere = Object.keys(TYPES).filter((name) => Object.hasOwn(TYPES[name]?.properties ?? {}, key));
  return {
    id: 'schema/unknown-key',
    message: `unknown key ${nameOf(path)}`,
    span: document.keySpan(path),
    ...(meant === undefined ? {} : { label: `did you mean ${meant}?` }),
    help:
      typeof type === 'string' && elsewhere.length > 0
        ? `rules of type ${type} do not have it; ${elsewhere.join(', ')} do`
        : 'take it out, or correct its name',
  };
}

function notOneOf(
  pointer: readonly (string | number)[],
  allowed: readonly string[],
  document: TomlDocument,
  data: Json,
): Explained | undefined {
  const value = at(data, pointer);
  if (value === undefined) return undefined;
  const meant = typeof value === 'string' ? suggest(value, allowed) : undefined;
  return {
    id: 'schema/bad-value',
    message: `${nameOf(pointer)} cannot be ${JSON.stringify(value)}`,
    span: document.valueSpan(pointer),
    help: allowed.length === 1 ? `it is always ${allowed[0] ?? ''}` : `it is one of ${allowed.join(', ')}`,
    ...(meant === undefined ? {} : { label: `did you mean ${meant}?` }),
  };
}
