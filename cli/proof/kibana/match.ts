import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { list } from '../json.ts';

/** What is wrong, with its path; undefined if all fits. */
export type Mismatch = string | undefined;

export interface Rules {
  /** Every member has to be given, but for those at these paths; else others may be there too. */
  readonly exact: boolean;
  readonly generated: ReadonlySet<string>;
  readonly user: string;
  /** Values that `<uuid:x>` took, by x. */
  readonly bound: Map<string, string>;
}

const short = (value: Json | undefined): string => (JSON.stringify(value) ?? 'nothing').slice(0, 300);

/** Compares an answer with what is expected of it, placeholders such as `<uuid>` included. */
export function mismatch(expected: Json, got: Json | undefined, rules: Rules, path = ''): Mismatch {
  const here = path === '' ? 'body' : path;
  const wrong = (): string => `${here}: expected ${short(expected)}, got ${short(got)}`;
  if (rules.generated.has(path.replace(/\[\d+\]/g, '[]').replace(/^\./, ''))) return undefined;
  if (typeof expected === 'string') return fitsText(expected, got, rules) ? undefined : wrong();
  if (Array.isArray(expected)) {
    const wanted = expected as readonly Json[];
    if (!Array.isArray(got)) return wrong();
    const given = got as readonly Json[];
    if (given.length !== wanted.length) return `${here}: ${wanted.length} elements expected, got ${short(got)}`;
    return first(wanted.map((one, at) => () => mismatch(one, given[at], rules, `${path}[${at}]`)));
  }
  if (!isJsonObject(expected)) return expected === got ? undefined : wrong();
  if (!isJsonObject(got)) return wrong();
  const member = (key: string): string => (path === '' ? key : `${path}.${key}`);
  const missing = first(
    Object.entries(expected).map(
      ([key, one]) =>
        () =>
          mismatch(one, own(got, key), rules, member(key)),
    ),
  );
  if (missing !== undefined || !rules.exact) return missing;
  const extra = Object.keys(got).find(
    (key) => !Object.hasOwn(expected, key) && !rules.generated.has(member(key).replace(/\[\d+\]/g, '[]')),
  );
  return extra === undefined ? undefined : `${member(extra)}: not expected, got ${short(own(got, extra))}`;
}

function first(checks: readonly (() => Mismatch)[]): Mismatch {
  for (const check of checks) {
    const found = check();
    if (found !== undefined) return found;
  }
  return undefined;
}

function fitsText(expected: string, got: Json | undefined, rules: Rules): boolean {
  const [, name = '', argument] = /^<([a-z]+)(?::([\s\S]*))?>$/.exec(expected) ?? [];
  switch (name) {
    case 'any':
      return got !== undefined;
    case 'string':
      return typeof got === 'string';
    case 'date':
      return typeof got === 'string' && /^\d{4}-\d\d-\d\dT/.test(got) && !Number.isNaN(Date.parse(got));
    case 'user':
      return got === rules.user;
    case 'contains':
      return typeof got === 'string' && got.includes(argument ?? '');
    case 'length':
      return (typeof got === 'string' || Array.isArray(got)) && got.length === Number(argument);
    case 'uuid': {
      if (typeof got !== 'string' || got === '') return false;
      if (argument === undefined) return true;
      const before = rules.bound.get(argument);
      if (before === undefined) rules.bound.set(argument, got);
      return before === undefined || before === got;
    }
    default:
      return expected === got;
  }
}

/** The path of a list that is there although it should not be; paths are like `errors[].rule_id`, `ndjson[0].throttle`. */
export function present(paths: readonly string[], body: Json | undefined): Mismatch {
  const found = paths.find((path) => valuesAt(path, body).length > 0);
  return found === undefined ? undefined : `${found}: should not be there, got ${short(valuesAt(found, body)[0])}`;
}

function valuesAt(path: string, body: Json | undefined): readonly Json[] {
  let values: readonly Json[] = body === undefined ? [] : [body];
  for (const step of path.match(/[^.[\]]+|\[\d*\]/g) ?? []) {
    const index = /^\[(\d*)\]$/.exec(step)?.[1];
    values = values.flatMap((value): readonly Json[] => {
      if (index === '') return list(value);
      const one =
        index === undefined ? (isJsonObject(value) ? own(value, step) : undefined) : list(value)[Number(index)];
      return one === undefined ? [] : [one];
    });
  }
  return values;
}

/** Compares lines: in order, or each with any line that fits. More lines may follow if the match is partial. */
export function mismatchOfLines(expected: JsonObject, lines: readonly Json[], rules: Rules): Mismatch {
  const ordered = own(expected, 'ndjson');
  const wanted = list(ordered ?? own(expected, 'ndjson_any_order'));
  if (lines.length < wanted.length || (rules.exact && lines.length > wanted.length))
    return `${wanted.length} lines expected, got ${short(lines)}`;
  if (ordered !== undefined)
    return first(wanted.map((one, at) => () => mismatch(one, lines[at], rules, `ndjson[${at}]`)));
  const left = [...lines];
  for (const one of wanted) {
    const at = left.findIndex((line) => mismatch(one, line, rules) === undefined);
    if (at < 0) return `no line fits ${short(one)}: ${short(left)}`;
    left.splice(at, 1);
  }
  return undefined;
}
