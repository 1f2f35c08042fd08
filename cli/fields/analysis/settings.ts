import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import type { AnalyzerDefinition } from '../mapping.ts';
import { flatSettings } from '../elasticsearch-mapping/settings.ts';
import { builtInAnalyzer } from './index.ts';

/** Custom analyzers and normalizers of an index, as far as they can be run; the others are kept by name and refused in use. */
export interface Analysis {
  readonly analyzers: ReadonlyMap<string, AnalyzerDefinition>;
  /** Name → the built-in normalizer that does the same. */
  readonly normalizers: ReadonlyMap<string, string>;
}

const object = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {});
const text = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
const list = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly Json[]) : [value];

const only = (body: JsonObject, ...known: string[]): boolean => Object.keys(body).every((key) => known.includes(key));

/** Tokenizers that are a type of analyzer here. */
const TOKENIZERS: Readonly<Record<string, AnalyzerDefinition['type']>> = {
  standard: 'standard',
  keyword: 'keyword',
  whitespace: 'whitespace',
  letter: 'simple',
};

function analyzerOf(body: JsonObject): AnalyzerDefinition {
  const typeName = text(own(body, 'type')) ?? 'custom';
  if (typeName === 'pattern' && only(body, 'type', 'pattern', 'lowercase')) {
    const lowercase = own(body, 'lowercase');
    return {
      type: 'pattern',
      lowercase: lowercase !== false && lowercase !== 'false',
      pattern: text(own(body, 'pattern')) ?? '\\W+',
      typeName,
    };
  }
  if (typeName === 'custom' && only(body, 'type', 'tokenizer', 'filter')) {
    const tokenizer = text(own(body, 'tokenizer')) ?? '';
    const filters = list(own(body, 'filter'));
    const type =
      tokenizer === 'lowercase' ? 'simple' : Object.hasOwn(TOKENIZERS, tokenizer) ? TOKENIZERS[tokenizer] : undefined;
    if (type !== undefined && filters.every((filter) => filter === 'lowercase'))
      return { type, lowercase: filters.length > 0 || tokenizer === 'lowercase', typeName };
  }
  const builtIn = only(body, 'type') ? builtInAnalyzer(typeName) : undefined;
  return builtIn ?? { type: 'unsupported', lowercase: false, typeName };
}

type Tree = Record<string, Json>;

/**
 * `index.analysis` as objects, in whichever form the settings are written. A name ends at its first dot, as in Elasticsearch
 * (elasticsearch: server/src/main/java/org/elasticsearch/common/settings/Settings.java getGroups).
 */
function analysisOf(settings: Json | undefined): JsonObject {
  const root = Object.create(null) as Tree;
  for (const [name, value] of flatSettings(settings)) {
    if (!name.startsWith('index.analysis.')) continue;
    const path = name.slice('index.analysis.'.length).split('.');
    const last = path.pop() ?? '';
    let at = root;
    for (const part of path) {
      const known = at[part];
      at = at[part] = Object.assign(Object.create(null) as Tree, isJsonObject(known) ? known : {});
    }
    at[last] = value;
  }
  return root;
}

/** Reads `analysis` of index settings, with or without `index` around it, nested or with dotted keys. */
export function readAnalysis(settings: Json | undefined): Analysis {
  const analysis = analysisOf(settings);
  const analyzers = Object.entries(object(own(analysis, 'analyzer'))).map(
    ([name, body]) => [name, analyzerOf(object(body))] as const,
  );
  const normalizers = Object.entries(object(own(analysis, 'normalizer'))).flatMap(([name, body]) => {
    const filters = list(own(object(body), 'filter'));
    const lowers =
      only(object(body), 'type', 'filter') && filters.length > 0 && filters.every((one) => one === 'lowercase');
    return lowers ? [[name, 'lowercase'] as const] : [];
  });
  return { analyzers: new Map(analyzers), normalizers: new Map(normalizers) };
}
