import { normalizeKeyword } from '../../../fields/analysis/index.ts';
import type { Field } from '../../../fields/mapping.ts';
import { keywordBytes, wellFormed } from '../../../fields/surrogates.ts';
import type { Scalar } from '../../algebra/query.ts';
import { QueryFailure } from '../../failure.ts';
import type { RunContext } from '../context.ts';
import { fuzzyTest } from './fuzzy.ts';
import { termRules } from './term-rules.ts';
import { termTest, termText, type TermClause } from './terms.ts';
import type { AnalysedClause } from './text.ts';
import type { ValueTest } from './value-test.ts';

export type LeafClause = TermClause | AnalysedClause;

/** The one text that a clause on a keyword asks for; undefined: a pattern, several texts, several spellings of the text. */
export function exactText(field: Field, clause: LeafClause): string | undefined {
  if (field.type !== 'keyword' && field.type !== 'wildcard') return undefined;
  const text = askedText(field, clause);
  // Half of a surrogate pair is a question mark in an index
  return text?.includes('?') === true && field.runtime !== true ? undefined : text;
}

function askedText(field: Field, clause: LeafClause): string | undefined {
  switch (clause.kind) {
    case 'term':
      return clause.caseInsensitive === true ? undefined : normalized(field, clause.value, clause);
    case 'match':
      return clause.fuzziness === undefined && !looksForWords(field, clause)
        ? normalized(field, clause.query, clause)
        : undefined;
    case 'match_phrase':
      return looksForWords(field, clause) ? undefined : normalized(field, clause.query, clause);
    default:
      return undefined;
  }
}

const normalized = (field: Field, value: Scalar, clause: LeafClause): string =>
  normalizeKeyword(wellFormed(termText(value, clause)), field.normalizer);

/** Whether the values of a field are terms as a whole. */
export const holdsTerms = ({ type }: Field): boolean =>
  type === 'keyword' || type === 'wildcard' || type === 'flattened';

/**
 * Whether the text of a clause is split into words on a field that holds terms as a whole. On a keyword phrases are one term all the
 * same (elasticsearch: KeywordFieldMapper.java, FlattenedFieldMapper.java, which names no analyzer for phrases).
 */
export const looksForWords = (field: Field, clause: LeafClause): boolean =>
  ('analyzer' in clause && clause.analyzer !== undefined) ||
  (field.splitQueriesOnWhitespace === true &&
    (field.type === 'flattened' || clause.kind === 'match' || clause.kind === 'match_bool_prefix'));

/** A clause on a field whose values are terms as a whole: keyword, wildcard, flattened, version. */
export function keywordTest(field: Field, clause: LeafClause, context: RunContext): ValueTest {
  const rules = termRules(context, field);
  const onText = (test: (term: string) => boolean): ValueTest => onEncoded(test, field, clause);
  switch (clause.kind) {
    case 'match':
      return onText(fuzzyTest(rules.normalize(termText(clause.query, clause)), clause, rules));
    case 'match_phrase':
      return onText(fuzzyTest(rules.normalize(termText(clause.query, clause)), {}, rules));
    case 'match_phrase_prefix':
      throw noPhrase('prefix', field, clause);
    // elasticsearch: MatchQueryParser.parse: no prefix where neither the type nor a normalizer analyses the text
    case 'match_bool_prefix': {
      const wanted = rules.normalize(termText(clause.query, clause));
      const isPrefix = (field.type === 'keyword' && field.runtime !== true) || field.normalizer !== undefined;
      if (!isPrefix) refuseFuzzyKey(field, clause);
      return onText(isPrefix ? (term) => term.startsWith(wanted) : fuzzyTest(wanted, clause, rules));
    }
    case 'range':
      if (field.flattenedRoot !== undefined && !closed(clause))
        throw new QueryFailure(`a range on ${field.name} needs both ends`, {
          span: clause.span,
          why: 'a key of a flattened field has no open ranges; Elasticsearch refuses the search',
        });
      return onText(termTest(clause, rules));
    case 'term':
    case 'terms':
    case 'prefix':
    case 'wildcard':
    case 'regexp':
    case 'fuzzy':
      return onText(termTest(clause, rules));
  }
}

/** elasticsearch: FlattenedFieldMapper.java KeyedFlattenedFieldType.fuzzyQuery */
export function refuseFuzzyKey({ name, flattenedRoot }: Field, clause: LeafClause): void {
  if (flattenedRoot === undefined || !('fuzziness' in clause) || clause.fuzziness === undefined) return;
  throw new QueryFailure(`a fuzzy term cannot be used on ${name}`, {
    span: clause.span,
    why: `${name} is a key of the flattened field ${flattenedRoot}; Elasticsearch refuses the search`,
    help: 'compare with whole values, or with a prefix',
  });
}

/** A test of terms as they are encoded, where halves of surrogate pairs in a value could make a difference. */
function onEncoded(test: (term: string) => boolean, { type, runtime }: Field, clause: LeafClause): ValueTest {
  if (runtime === true || !asked(clause).some((text) => REPLACEMENT.test(text)))
    return (value) => typeof value === 'string' && test(value);
  const encode = type === 'flattened' ? wellFormed : keywordBytes;
  return (value) => typeof value === 'string' && test(encode(value));
}

/** What halves of pairs are replaced by, and the halves themselves. */
const REPLACEMENT = /[?\ufffd\p{Surrogate}]/u;

/** The texts of a clause; of one that orders or classifies characters one that stands for all. */
function asked(clause: LeafClause): readonly string[] {
  switch (clause.kind) {
    case 'regexp':
    case 'range':
    case 'fuzzy':
      return ['?'];
    case 'term':
    case 'prefix':
      return [String(clause.value)];
    case 'terms':
      return clause.values.map(String);
    case 'wildcard':
      return [clause.pattern.replace(/\?/g, (mark, at: number) => (clause.pattern[at - 1] === '\\' ? mark : ''))];
    default:
      return 'fuzziness' in clause && clause.fuzziness !== undefined ? ['?'] : [String(clause.query)];
  }
}

export const noPhrase = (what: '' | 'prefix', field: Field, clause: LeafClause): QueryFailure =>
  new QueryFailure(`a phrase ${what === '' ? 'of several words' : 'prefix'} cannot be used on ${field.name}`, {
    span: clause.span,
    why: `it works on text fields, and ${field.name} is of type ${field.typeName}`,
  });

const closed = ({ gt, gte, lt, lte }: { gt?: unknown; gte?: unknown; lt?: unknown; lte?: unknown }): boolean =>
  (gt ?? gte ?? null) !== null && (lt ?? lte ?? null) !== null;
