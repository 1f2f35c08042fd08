import { normalizeKeyword } from '../../../fields/analysis/index.ts';
import type { Field } from '../../../fields/mapping.ts';
import type { Scalar } from '../../algebra/query.ts';
import { QueryFailure } from '../../failure.ts';
import { fuzzyTest } from './fuzzy.ts';
import { termTest, termText, type TermClause } from './terms.ts';
import type { AnalysedClause } from './text.ts';
import type { ValueTest } from './value-test.ts';

export type LeafClause = TermClause | AnalysedClause;

/** The one text that a clause on a keyword asks for; undefined: a pattern, several texts, other cases of letters. */
export function exactText(field: Field, clause: LeafClause): string | undefined {
  if (field.type !== 'keyword' && field.type !== 'wildcard') return undefined;
  if (field.splitQueriesOnWhitespace === true) return undefined;
  switch (clause.kind) {
    case 'term':
      return clause.caseInsensitive === true ? undefined : normalized(field, clause.value, clause);
    case 'match':
      return clause.fuzziness === undefined ? normalized(field, clause.query, clause) : undefined;
    case 'match_phrase':
      return normalized(field, clause.query, clause);
    default:
      return undefined;
  }
}

const normalized = (field: Field, value: Scalar, clause: LeafClause): string =>
  normalizeKeyword(termText(value, clause), field.normalizer);

/** A clause on a field whose values are terms as a whole: keyword, wildcard, flattened, version. */
export function keywordTest(field: Field, clause: LeafClause): ValueTest {
  const normalize = (text: string): string => normalizeKeyword(text, field.normalizer);
  const onText =
    (test: (term: string) => boolean): ValueTest =>
    (value) =>
      typeof value === 'string' && test(value);
  switch (clause.kind) {
    case 'match':
    case 'match_phrase': {
      const text = termText(clause.query, clause);
      const fuzzy = clause.kind === 'match' ? clause : {};
      if (field.splitQueriesOnWhitespace !== true) return onText(fuzzyTest(normalize(text), fuzzy));
      const tests = splitWords(text).map((word) => fuzzyTest(normalize(word), fuzzy));
      if (clause.kind === 'match_phrase' && tests.length > 1)
        throw new QueryFailure(`a phrase of several words cannot be looked for in ${field.name}`, {
          span: clause.span,
          why: 'it is a keyword that splits queries at white space, and keywords keep no positions',
        });
      return onText((term) => tests.some((test) => test(term)));
    }
    case 'match_phrase_prefix':
      throw new QueryFailure(`a phrase prefix cannot be used on ${field.name}`, {
        span: clause.span,
        why: `it works on text fields, and ${field.name} is of type ${field.typeName}`,
      });
    case 'match_bool_prefix': {
      const wanted = normalize(termText(clause.query, clause));
      return onText(field.type === 'keyword' ? (term) => term.startsWith(wanted) : (term) => term === wanted);
    }
    case 'range':
      if (field.flattenedRoot !== undefined && !closed(clause))
        throw new QueryFailure(`a range on ${field.name} needs both ends`, {
          span: clause.span,
          why: 'a key of a flattened field has no open ranges; Elasticsearch refuses the search',
        });
      return onText(termTest(clause, normalize));
    case 'term':
    case 'terms':
    case 'prefix':
    case 'wildcard':
    case 'regexp':
    case 'fuzzy':
      return onText(termTest(clause, normalize));
  }
}

const splitWords = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

const closed = ({ gt, gte, lt, lte }: { gt?: unknown; gte?: unknown; lt?: unknown; lte?: unknown }): boolean =>
  (gt ?? gte ?? null) !== null && (lt ?? lte ?? null) !== null;
