import type { Json, JsonObject } from '../../../text/json.ts';
import type { Random } from './random.ts';
import { num } from './values/num.ts';
import { DATE_FORMATS } from './values/dates.ts';

/** A field of a random mapping, as the makers of documents and queries need it. */
export interface FuzzField {
  readonly name: string;
  readonly type: string;
  /** Its nested object, if any. */
  readonly nestedPath?: string;
  readonly format?: string;
  /** Inside of an object that is not read at all. */
  readonly disabled?: boolean;
  /** Whether a document may hold a value at this name: not of an alias or a multi-field. */
  readonly written: boolean;
}

export interface FuzzMapping {
  readonly mapping: JsonObject;
  readonly settings: JsonObject;
  readonly fields: readonly FuzzField[];
}

/** Analysis that the fields of text and keyword may name: what the core of the server has, without its analysis module. */
const ANALYSIS: JsonObject = {
  analyzer: {
    plain: { type: 'custom', tokenizer: 'standard' },
    low: { type: 'custom', tokenizer: 'standard', filter: ['lowercase'] },
    short: { type: 'standard', max_token_length: 5 },
  },
  normalizer: { low: { type: 'custom', filter: ['lowercase'] } },
};

export const ANALYZERS = ['standard', 'simple', 'whitespace', 'keyword', 'plain', 'low', 'short'] as const;

type Parameters = readonly (readonly [share: number, name: string, value: (random: Random) => Json])[];

const yes = (): Json => true;
const no = (): Json => false;
const STORED: Parameters = [
  [0.12, 'index', no],
  [0.12, 'doc_values', no],
  [0.05, 'store', yes],
];
const numeric = (...nulls: readonly Json[]): Parameters => [
  ...STORED,
  [0.15, 'ignore_malformed', yes],
  [0.15, 'coerce', no],
  [0.1, 'null_value', (random) => random.pick(nulls)],
];
const WHOLE = numeric(num('0'), num('5'), num('-1'));
const DECIMAL = numeric(num('0'), num('1.5'), '2');
const range: Parameters = [
  [0.1, 'index', no],
  [0.1, 'doc_values', no],
  [0.1, 'coerce', no],
];
const text: Parameters = [
  [0.3, 'analyzer', (random) => random.pick(ANALYZERS)],
  [0.1, 'search_analyzer', (random) => random.pick(ANALYZERS)],
  [0.06, 'search_quote_analyzer', (random) => random.pick(ANALYZERS)],
  [0.1, 'index_options', (random) => random.pick(['docs', 'freqs', 'positions', 'offsets'])],
  [0.2, 'position_increment_gap', (random) => random.pick([0, 1, 5, 100])],
  [0.08, 'index', no],
  [0.08, 'norms', no],
  [0.05, 'store', yes],
];

/** Types of the core server, how often each is drawn, and the parameters that it may have. */
const TYPES: readonly (readonly [weight: number, type: string, parameters: Parameters])[] = [
  [6, 'keyword', [
    ...STORED,
    [0.2, 'ignore_above', (random) => random.pick([1, 3, 3, 10, 200])],
    [0.15, 'normalizer', (random) => random.pick(['lowercase', 'low'])],
    [0.1, 'null_value', (random) => random.pick(['', 'a', 'NULL', 'a long null value'])],
    [0.1, 'split_queries_on_whitespace', yes],
  ]],
  [4, 'text', text],
  [3, 'long', WHOLE],
  [1.5, 'integer', WHOLE],
  [1, 'short', WHOLE],
  [1, 'byte', WHOLE],
  [2, 'double', DECIMAL],
  [1, 'float', DECIMAL],
  [1, 'half_float', DECIMAL],
  [1.5, 'boolean', [...STORED, [0.1, 'ignore_malformed', yes], [0.1, 'null_value', (random) => random.pick([true, false, 'true'])]]],
  [2, 'ip', [...STORED, [0.15, 'ignore_malformed', yes], [0.1, 'null_value', (random) => random.pick(['10.0.0.1', '::1'])]]],
  [3, 'date', [...STORED, [0.6, 'format', (random) => random.pick(DATE_FORMATS)], [0.15, 'ignore_malformed', yes]]],
  [2, 'date_nanos', [...STORED, [0.25, 'format', (random) => random.pick(DATE_FORMATS)], [0.15, 'ignore_malformed', yes]]],
  [2, 'flattened', [
    [0.25, 'ignore_above', (random) => random.pick([1, 3, 3, 10])],
    [0.1, 'depth_limit', (random) => random.pick([1, 2, 3])],
    [0.1, 'null_value', (random) => random.pick(['', 'a', 'NULL'])],
    [0.08, 'index', no],
    [0.1, 'split_queries_on_whitespace', yes],
  ]],
  [0.7, 'integer_range', range],
  [0.5, 'long_range', range],
  [0.4, 'float_range', range],
  [0.4, 'double_range', range],
  [0.6, 'ip_range', range],
  [0.6, 'date_range', range],
  [0.5, 'geo_point', [[0.2, 'ignore_malformed', yes], [0.1, 'index', no], [0.1, 'doc_values', no]]],
  [0.3, 'binary', [[0.4, 'doc_values', yes], [0.1, 'store', yes]]],
]; // prettier-ignore

/** Types that a runtime field may have. */
const RUNTIME = ['keyword', 'long', 'double', 'boolean', 'ip', 'date'] as const;

interface Drawn {
  readonly type: string;
  readonly body: JsonObject;
}

function draw(random: Random): Drawn {
  const [type, parameters] = random.weighted(
    TYPES.map(([weight, name, each]) => [weight, () => [name, each] as const]),
  );
  const body: Record<string, Json> = { type };
  for (const [share, name, value] of parameters) if (random.chance(share)) body[name] = value(random);
  // Of a field without an index what is stored tells whether it has a value
  if (body['index'] === false && random.chance(0.2)) body['store'] = true;
  // A search analyzer has to follow an analyzer, and a quote analyzer a search analyzer
  if (body['search_quote_analyzer'] !== undefined) body['search_analyzer'] ??= 'standard';
  if (body['search_analyzer'] !== undefined) body['analyzer'] ??= 'standard';
  // A phrase gap needs positions
  if (body['index_options'] === 'docs' || body['index_options'] === 'freqs') delete body['position_increment_gap'];
  if (body['null_value'] !== undefined && (body['normalizer'] !== undefined || body['type'] === 'flattened')) delete body['normalizer']; // prettier-ignore
  return { type, body };
}

/** A mapping of `size` fields: at the root, in an object, in a nested object, with sub-fields, aliases and copies. */
export function randomMapping(random: Random, size = 6): FuzzMapping {
  const properties: Record<string, Json> = {};
  const inObject: Record<string, Json> = {};
  const inNested: Record<string, Json> = {};
  const fields: FuzzField[] = [];
  const inInner: Record<string, Json> = {};
  const nested = (): JsonObject => ({
    type: 'nested',
    ...(random.chance(0.2) ? { include_in_root: true } : random.chance(0.35) ? { include_in_parent: true } : {}),
  });
  for (let i = 0; i < size; i++) {
    const { type, body } = draw(random);
    const [prefix, holder] = random.weighted<readonly [string, Record<string, Json>]>([
      [6, () => ['', properties]],
      [2, () => ['o.', inObject]],
      [1.6, () => ['n.', inNested]],
      [0.8, () => ['n.k.', inInner]],
    ]);
    const key = `f${i}`;
    const name = prefix + key;
    const place = prefix.startsWith('n') ? { nestedPath: prefix.slice(0, -1) } : {};
    const format = typeof body['format'] === 'string' ? { format: body['format'] } : {};
    const sub = (type === 'keyword' || type === 'text') && random.chance(0.2) ? draw(random) : undefined;
    const simple = sub !== undefined && ['keyword', 'text', 'long', 'ip', 'date'].includes(sub.type) ? sub : undefined;
    holder[key] = simple === undefined ? body : { ...body, fields: { m: simple.body } };
    fields.push({ name, type, ...place, ...format, written: true });
    if (simple !== undefined) fields.push({ name: `${name}.m`, type: simple.type, ...place, written: false });
    if (type === 'flattened') fields.push({ name: `${name}.a`, type: 'flattened key', ...place, written: false });
  }
  const roots = fields.filter(({ name, written }) => written && !name.includes('.'));
  if (roots.length > 0 && random.chance(0.2)) {
    const target = random.pick(roots);
    properties['al'] = { type: 'alias', path: target.name };
    fields.push({ name: 'al', type: target.type, written: false, ...(target.format === undefined ? {} : { format: target.format }) }); // prettier-ignore
  }
  const sources = roots.filter(({ type }) => type === 'keyword' || type === 'text' || type === 'long');
  if (sources.length > 0 && random.chance(0.2)) {
    const source = random.pick(sources);
    const type = random.pick(['keyword', 'text']);
    const sub = random.chance(0.4) ? random.pick(['keyword', 'text']) : undefined;
    properties['copy'] = { type, ...(sub === undefined ? {} : { fields: { m: { type: sub } } }) };
    properties[source.name] = { ...(properties[source.name] as JsonObject), copy_to: 'copy' };
    fields.push({ name: 'copy', type, written: true });
    if (sub !== undefined) fields.push({ name: 'copy.m', type: sub, written: false });
  }
  const disabled = random.chance(0.05);
  if (Object.keys(inObject).length > 0)
    properties['o'] = { properties: inObject, ...(disabled ? { enabled: false } : {}) };
  if (Object.keys(inInner).length > 0) inNested['k'] = { ...nested(), properties: inInner };
  if (Object.keys(inNested).length > 0) properties['n'] = { ...nested(), properties: inNested };
  const runtime: Record<string, Json> = {};
  if (random.chance(0.15)) {
    const type = random.pick(RUNTIME);
    runtime['rt'] = { type };
    fields.push({ name: 'rt', type, written: true });
  }
  const analysis = random.chance(0.1)
    ? { ...ANALYSIS, analyzer: { ...(ANALYSIS['analyzer'] as JsonObject), [random.pick(['default', 'default_search'])]: { type: 'custom', tokenizer: 'standard' } } }
    : ANALYSIS; // prettier-ignore
  return {
    mapping: {
      dynamic: random.chance(0.05) ? 'strict' : false,
      properties,
      ...(Object.keys(runtime).length === 0 ? {} : { runtime }),
    },
    settings: { analysis },
    fields: disabled ? fields.map((field) => (field.name.startsWith('o.') ? { ...field, disabled } : field)) : fields,
  };
}
