import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import type { AnalyzerDefinition } from '../mapping.ts';
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

/** Reads `analysis` of index settings, with or without `index` around it. */
export function readAnalysis(settings: Json | undefined): Analysis {
  const root = object(settings);
  const analysis = object(own(root, 'analysis') ?? own(object(own(root, 'index')), 'analysis'));
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
