import { analyze, builtInAnalyzer, lowerCase, type Token } from '../../../fields/analysis/index.ts';
import type { AnalyzerDefinition, Field, Mapping } from '../../../fields/mapping.ts';
import { KnownError } from '../../../text/known-error.ts';
import type { IndexedValue } from '../../../fields/values/indexed.ts';
import type { Match, MatchBoolPrefix, MatchPhrase, MatchPhrasePrefix } from '../../algebra/query.ts';
import { QueryFailure, Unsupported } from '../../failure.ts';
import { minimumShouldMatch } from '../minimum-should-match.ts';
import { fuzzyTest } from './fuzzy.ts';
import { phraseFits } from './phrase.ts';
import { termTest, termText, type TermClause } from './terms.ts';

/** A test over all values that a text field has in a document. */
export type TextTest = (values: readonly IndexedValue[]) => boolean;

export type AnalysedClause = Match | MatchPhrase | MatchPhrasePrefix | MatchBoolPrefix;

const STANDARD: AnalyzerDefinition = { type: 'standard', lowercase: true, typeName: 'standard' };

/** The analyzer of a text field. Throws a QueryFailure for one that cannot be run. */
export function analyzerOf(field: Field, mapping: Mapping, span?: { start: number; end: number }): AnalyzerDefinition {
  if (field.analyzer === undefined) return STANDARD;
  const found = mapping.analyzer(field.analyzer) ?? builtInAnalyzer(field.analyzer);
  if (found === undefined || found.type === 'unsupported')
    throw new Unsupported(`analyzer ${field.analyzer} of ${field.name}`, {
      span,
      help: 'declare it in the suite as standard, keyword, whitespace, simple or pattern',
    });
  return found;
}

/** Values of a list stand 100 positions apart, so that no phrase reaches from one into the next. */
const GAP = 100;

/** The tokens of one value, or of several one after the other. */
interface Analysed {
  readonly tokens: readonly Token[];
  /** Their texts: most words that are looked for are not there, and long texts are asked for many. */
  readonly terms: ReadonlySet<string>;
}

const analysed = (tokens: readonly Token[]): Analysed => ({ tokens, terms: new Set(tokens.map(({ term }) => term)) });

const cache = new Map<AnalyzerDefinition, Map<string, Analysed>>();
const CACHED_TEXTS = 5000;

function analysedValue(value: string, analyzer: AnalyzerDefinition): Analysed {
  let known = cache.get(analyzer);
  if (known === undefined) cache.set(analyzer, (known = new Map<string, Analysed>()));
  let found = known.get(value);
  if (found === undefined) {
    if (known.size >= CACHED_TEXTS) known.clear();
    known.set(value, (found = analysed(analyze(value, analyzer))));
  }
  return found;
}

function analysedValues(values: readonly IndexedValue[], analyzer: AnalyzerDefinition): Analysed {
  if (values.length === 1) return analysedValue(String(values[0]), analyzer);
  const out: Token[] = [];
  let base = 0;
  for (const value of values) {
    const { tokens } = analysedValue(String(value), analyzer);
    for (const { term, position } of tokens) out.push({ term, position: base + position });
    base += (tokens.at(-1)?.position ?? -1) + 1 + GAP;
  }
  return analysed(out);
}

/** term, terms, prefix, wildcard, regexp, range on text: each token by itself, the clause's text as it is. */
export function tokenTest(field: Field, clause: TermClause, mapping: Mapping, normalized = false): TextTest {
  const analyzer = analyzerOf(field, mapping, clause.span);
  const test = termTest(clause, normalized && analyzer.lowercase ? lowerCase : (text) => text);
  return (values) =>
    values.some((value) => analysedValue(String(value), analyzer).tokens.some(({ term }) => test(term)));
}

/** match, match_phrase, match_phrase_prefix, match_bool_prefix: the clause's text goes through the field's analyzer. */
export function analysedTest(field: Field, clause: AnalysedClause, mapping: Mapping): TextTest {
  const analyzer = analyzerOf(field, mapping, clause.span);
  const text = termText(clause.query, clause);
  let wanted: readonly Token[];
  try {
    wanted = analyze(text, analyzer);
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    throw new QueryFailure(error.message, { span: clause.span });
  }
  const zero = 'zeroTermsQuery' in clause && clause.zeroTermsQuery === 'all';
  if (wanted.length === 0) return () => zero;
  switch (clause.kind) {
    case 'match':
      return matchTest(clause, wanted, analyzer);
    case 'match_bool_prefix': {
      const last = wanted.length - 1;
      const tests = wanted.map(({ term }, at) =>
        at === last
          ? (actual: string): boolean => actual.startsWith(term)
          : (actual: string): boolean => actual === term,
      );
      return enough(tests, clause, analyzer);
    }
    case 'match_phrase':
    case 'match_phrase_prefix': {
      const prefix = clause.kind === 'match_phrase_prefix';
      const slop = clause.slop ?? 0;
      const whole = prefix ? wanted.slice(0, -1) : wanted;
      return (values) => {
        if (values.length === 0) return false;
        const { tokens, terms } = analysedValues(values, analyzer);
        return whole.every(({ term }) => terms.has(term)) && phraseFits(tokens, wanted, slop, prefix);
      };
    }
  }
}

function matchTest(clause: Match, wanted: readonly Token[], analyzer: AnalyzerDefinition): TextTest {
  const tests = wanted.map(({ term }) => fuzzyTest(term, clause));
  return enough(tests, clause, analyzer);
}

/**
 * One optional clause a token, a token that is written twice counting twice. minimum_should_match speaks of optional clauses:
 * with `operator: and` there are none, and more than none of them are never met (elasticsearch: Queries.java
 * applyMinimumShouldMatch).
 */
function enough(
  tests: readonly ((term: string) => boolean)[],
  { operator, minimumShouldMatch: spec }: Match | MatchBoolPrefix,
  analyzer: AnalyzerDefinition,
): TextTest {
  const counted = spec !== undefined && tests.length > 1;
  if (operator === 'and' && counted && minimumShouldMatch(0, spec) > 0) return () => false;
  const needed = operator === 'and' ? tests.length : Math.max(1, counted ? minimumShouldMatch(tests.length, spec) : 1);
  if (needed > tests.length) return () => false;
  return (values) => {
    const { tokens } = analysedValues(values, analyzer);
    let met = 0;
    for (const test of tests) if (tokens.some(({ term }) => test(term)) && ++met >= needed) return true;
    return false;
  };
}
