import { analyze, lowerCase, type Token } from '../../../fields/analysis/index.ts';
import type { AnalyzerDefinition, Field, Mapping } from '../../../fields/mapping.ts';
import { wellFormed } from '../../../fields/surrogates.ts';
import { KnownError } from '../../../text/known-error.ts';
import type { IndexedValue } from '../../../fields/values/indexed.ts';
import type { Match, MatchBoolPrefix, MatchPhrase, MatchPhrasePrefix } from '../../algebra/query.ts';
import { QueryFailure, Unsupported } from '../../failure.ts';
import type { RunContext } from '../context.ts';
import { phraseFits } from './phrase.ts';
import { termRules } from './term-rules.ts';
import { termTest, termText, type TermClause } from './terms.ts';
import { analyzerOf, ownAnalyzer, quoteAnalyzerOf, searchAnalyzerOf } from './text-analyzers.ts';
import { wordsTest } from './words.ts';

/** A test over all values that a text field has in a document. */
export type TextTest = (values: readonly IndexedValue[]) => boolean;

export type AnalysedClause = Match | MatchPhrase | MatchPhrasePrefix | MatchBoolPrefix;

/** Values of a list stand so many positions apart, so that no phrase reaches from one into the next. */
const GAP = 100;

/** The tokens of one value, or of several one after the other. */
interface Analysed {
  readonly tokens: readonly Token[];
  /** Their texts: most words that are looked for are not there, and long texts are asked for many. */
  readonly terms: ReadonlySet<string>;
}

const analysed = (tokens: readonly Token[]): Analysed => ({ tokens, terms: new Set(tokens.map(({ term }) => term)) });

const encoded = (tokens: readonly Token[]): readonly Token[] =>
  tokens.map((token) => (/[\ud800-\udfff]/.test(token.term) ? { ...token, term: wellFormed(token.term) } : token));

const cache = new Map<AnalyzerDefinition, Map<string, Analysed>>();
const CACHED_TEXTS = 5000;

function analysedValue(value: string, analyzer: AnalyzerDefinition): Analysed {
  let known = cache.get(analyzer);
  if (known === undefined) cache.set(analyzer, (known = new Map<string, Analysed>()));
  let found = known.get(value);
  if (found === undefined) {
    if (known.size >= CACHED_TEXTS) known.clear();
    known.set(value, (found = analysed(encoded(analyze(value, analyzer)))));
  }
  return found;
}

function analysedValues(values: readonly IndexedValue[], analyzer: AnalyzerDefinition, gap: number): Analysed {
  if (values.length === 1) return analysedValue(String(values[0]), analyzer);
  const out: Token[] = [];
  let base = 0;
  for (const value of values) {
    const { tokens } = analysedValue(String(value), analyzer);
    for (const { term, position, end } of tokens) out.push({ term, position: base + position, end });
    base += (tokens.at(-1)?.position ?? -1) + 1 + gap;
  }
  return analysed(out);
}

function termsOf(values: readonly IndexedValue[], analyzer: AnalyzerDefinition): ReadonlySet<string> {
  if (values.length === 1) return analysedValue(String(values[0]), analyzer).terms;
  return new Set(values.flatMap((value) => [...analysedValue(String(value), analyzer).terms]));
}

/**
 * term, terms, prefix, wildcard, regexp, range, fuzzy on text: each token by itself, the clause's text as it is. Query strings
 * normalise patterns with the search analyzer, that is they change letters and split nothing.
 */
export function tokenTest(field: Field, clause: TermClause, context: RunContext): TextTest {
  const { mapping } = context;
  if (field.indexed === false) throw notIndexed(field, clause);
  if (clause.kind === 'prefix') refuseIndexedPrefix(field, clause.value, clause);
  const analyzer = analyzerOf(field, mapping, clause.span);
  const lowers =
    'fromQueryString' in clause &&
    clause.fromQueryString === true &&
    searchAnalyzerOf(field, mapping, clause.span).lowercase;
  const test = termTest(clause, {
    ...termRules(context),
    normalize: lowers ? (text) => lowerCase(wellFormed(text)) : wellFormed,
  });
  return (values) => {
    for (const value of values)
      for (const term of analysedValue(String(value), analyzer).terms) if (test(term)) return true;
    return false;
  };
}

/** match, match_phrase, match_phrase_prefix, match_bool_prefix: the clause's text goes through an analyzer of the field. */
export function analysedTest(field: Field, clause: AnalysedClause, context: RunContext): TextTest {
  const { mapping } = context;
  const analyzer = analyzerOf(field, mapping, clause.span);
  const text = termText(clause.query, clause);
  const wanted = searchedTokens(text, field, clause, mapping);
  const zero = 'zeroTermsQuery' in clause && clause.zeroTermsQuery === 'all';
  if (wanted.length === 0) return () => zero;
  if (field.indexed === false) {
    // A fault of the clause counts before one that `lenient` excuses
    if (clause.kind === 'match') wordsTest(wanted, text.length, clause, termRules(context));
    // A single prefix is not seen to have no index (elasticsearch: TextFieldMapper.java phrasePrefixQuery)
    if (clause.kind === 'match_phrase_prefix' && wanted.length === 1) return () => false;
    throw notIndexed(field, clause);
  }
  switch (clause.kind) {
    case 'match':
    case 'match_bool_prefix': {
      const last = wanted.at(-1);
      if (clause.kind === 'match_bool_prefix' && last !== undefined) refuseIndexedPrefix(field, last.term, clause);
      const test = wordsTest(wanted, text.length, clause, termRules(context));
      return (values) => values.length > 0 && test(termsOf(values, analyzer));
    }
    case 'match_phrase':
    case 'match_phrase_prefix': {
      if (wanted.length > 1) refuseWithoutPositions(field, clause);
      const prefix = clause.kind === 'match_phrase_prefix';
      if (prefix) refuseIndexedPrefix(field, wanted.at(-1)?.term ?? '', clause);
      const { slop = 0 } = clause;
      const { positionIncrementGap: gap = GAP } = field;
      const whole = prefix ? wanted.slice(0, -1) : wanted;
      return (values) => {
        if (values.length === 0) return false;
        const { tokens, terms } = analysedValues(values, analyzer, gap);
        return whole.every(({ term }) => terms.has(term)) && phraseFits(tokens, wanted, slop, prefix);
      };
    }
  }
}

/** What a clause looks for, as the analyzer that it names, or that of the field for its kind, makes it. */
export function searchedTokens(text: string, field: Field, clause: AnalysedClause, mapping: Mapping): readonly Token[] {
  const isPhrase = clause.kind === 'match_phrase' || clause.kind === 'match_phrase_prefix';
  const analyzer =
    clause.analyzer !== undefined
      ? ownAnalyzer(clause.analyzer, mapping, clause.span)
      : (isPhrase ? quoteAnalyzerOf : searchAnalyzerOf)(field, mapping, clause.span);
  try {
    return encoded(analyze(text, analyzer));
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    throw new QueryFailure(error.message, { span: clause.span });
  }
}

/**
 * `index_prefixes` are written by code points and looked for by UTF-16 units, so that one of a character beyond the basic plane may
 * not be found (elasticsearch: TextFieldMapper.java PrefixFieldType accept, prefixQuery).
 */
function refuseIndexedPrefix(
  { name, indexPrefixes }: Field,
  prefix: string,
  { span }: TermClause | AnalysedClause,
): void {
  if (indexPrefixes === true && /[\ud800-\udfff]/.test(prefix))
    throw new Unsupported(`a prefix with a character beyond the basic plane of Unicode on ${name}, which has index_prefixes,`, { span }); // prettier-ignore
}

/** elasticsearch: TextFieldMapper.java checkForPositions */
function refuseWithoutPositions({ name, indexOptions }: Field, { span }: AnalysedClause): void {
  if (indexOptions === 'docs' || indexOptions === 'freqs')
    throw new QueryFailure(`a phrase cannot be looked for in ${name}`, {
      span,
      why: `its mapping has index_options ${indexOptions}, which keeps no positions; Elasticsearch refuses the search`,
    });
}

const notIndexed = ({ name }: Field, { span }: TermClause | AnalysedClause): QueryFailure =>
  new QueryFailure(`${name} cannot be searched`, {
    span,
    why: 'its mapping has no index; Elasticsearch refuses the search',
  });
