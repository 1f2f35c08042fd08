import type { Field } from '../../../fields/mapping.ts';
import { compileNeededByRegexp } from '../../../fields/patterns/regexp-trigrams.ts';
import { asNeeded, isThere, marked, neededBy, neededByPattern, trigrams, type Needed } from '../../../fields/patterns/trigrams.ts'; // prettier-ignore
import type { IndexedValue } from '../../../fields/values/indexed.ts';
import type {
  Fuzzy,
  Match,
  MatchBoolPrefix,
  Prefix,
  Range,
  Regexp,
  Scalar,
  Term,
  Wildcard,
} from '../../algebra/query.ts';
import { scalarText } from '../../algebra/scalar-text.ts';
import { QueryFailure } from '../../failure.ts';
import type { RunContext } from '../context.ts';
import { editsFor, fuzzyTest } from './fuzzy.ts';
import type { LeafClause } from './keyword.ts';
import { operatorsOf, regexpTest, wildcardTest } from './patterns.ts';
import { termRules, type TermRules } from './term-rules.ts';
import { termText } from './terms.ts';
import type { TextTest } from './text.ts';

type ValueTest = (value: string) => boolean;
type RunsTest = (runs: ReadonlySet<string>) => boolean;

/**
 * What a wildcard field does otherwise than a keyword; undefined: nothing. Its values are compared by automata, but only where its
 * index of runs of three characters says that there may be a value (elasticsearch:x-pack/plugin/wildcard/.../
 * WildcardFieldMapper.java, BinaryDvConfirmedQuery.java).
 */
export function wildcardFieldTest(field: Field, clause: LeafClause, context: RunContext): TextTest | undefined {
  const rules = termRules(context, field);
  switch (clause.kind) {
    case 'wildcard':
      return patternTest(clause, rules);
    case 'prefix':
      return patternTest(asWildcard(clause, `${escaped(clause.value)}*`), rules);
    case 'term': {
      if (clause.caseInsensitive !== true) return undefined;
      const pattern = escaped(termText(clause.value, clause));
      return pattern === '' ? () => false : patternTest(asWildcard(clause, pattern), rules);
    }
    case 'regexp':
      return expressionTest(clause, rules);
    case 'range':
      return rangeTest(clause);
    case 'fuzzy':
      return editsTest(clause.value, clause);
    case 'match':
    case 'match_bool_prefix':
      return clause.fuzziness === undefined ? undefined : editsTest(termText(clause.query, clause), clause);
    default:
      return undefined;
  }
}

const asWildcard = ({ field, caseInsensitive, span }: Term | Prefix, pattern: string): Wildcard => ({
  kind: 'wildcard',
  field,
  pattern,
  ...(caseInsensitive === undefined ? {} : { caseInsensitive }),
  ...(span === undefined ? {} : { span }),
});

const escaped = (text: string): string => text.replace(/[*?\\]/g, '\\$&');

const texts = (values: readonly IndexedValue[]): readonly string[] => values.map(String);

const runsOf = (values: readonly string[]): ReadonlySet<string> =>
  new Set(values.flatMap((value) => trigrams(marked(value))));

function both(fits: ValueTest, mayFit: RunsTest | undefined): TextTest {
  if (mayFit === undefined) return (values) => texts(values).some(fits);
  return (values) => texts(values).some(fits) && mayFit(runsOf(texts(values)));
}

/** Whether all runs are there; undefined: it needs none. */
const allThere = (needed: readonly (Needed | undefined)[]): RunsTest | undefined =>
  needed.length === 0 ? undefined : (runs) => needed.every((one) => isThere(one, runs));

/** Only what is spelled otherwise in the index can be missed there: characters beyond the basic plane, a backslash at the end. */
function patternTest(clause: Wildcard, rules: TermRules): TextTest | undefined {
  const needed = neededByPattern(clause.pattern);
  if (needed === undefined) return (values) => values.length > 0;
  if (!/[\ud800-\udfff]|\\$/.test(clause.pattern)) return undefined;
  return both(wildcardTest(clause, rules), allThere(needed));
}

function expressionTest(clause: Regexp, rules: TermRules): TextTest | undefined {
  if (clause.pattern === '') return () => false;
  const caseInsensitive = clause.caseInsensitive === true;
  if (!caseInsensitive && !/[\ud800-\udfff]|\(\)|""/.test(clause.pattern)) return undefined;
  const fits = regexpTest(clause, rules);
  const syntax = { caseInsensitive, ascii: rules.asciiRegexps, ...operatorsOf(clause) };
  return both(fits, compileNeededByRegexp(clause.pattern, syntax));
}

/** The bytes of the bounds are compared with the characters of the values, of which those above U+00FF are in no range. */
function rangeTest({ gt, gte, lt, lte }: Range): TextTest {
  const bytes = (value: Scalar | undefined): string | undefined =>
    value === undefined || value === null ? undefined : Buffer.from(scalarText(value)).toString('latin1');
  const [above, from, below, to] = [bytes(gt), bytes(gte), bytes(lt), bytes(lte)];
  const [low, high] = [gte ?? gt ?? null, lte ?? lt ?? null];
  const needed =
    low === null || high === null ? [] : neededBy(commonStart(marked(scalarText(low)), marked(scalarText(high))));
  const inRange: ValueTest = (value) =>
    !/[^\u0000-\u00ff]/.test(value) &&
    (above === undefined || value > above) &&
    (from === undefined || value >= from) &&
    (below === undefined || value < below) &&
    (to === undefined || value <= to);
  return both(inRange, allThere(needed));
}

function commonStart(a: string, b: string): string {
  const others = Array.from(b);
  let same = '';
  for (const [at, character] of Array.from(a).entries()) {
    if (others[at] !== character) break;
    same += character;
  }
  return same;
}

/**
 * The bytes of terms are compared with the characters of the values. Of the runs behind the prefix every third one is counted, and
 * each edit may spoil one of them: a swap over the border of two is missed.
 */
function editsTest(wanted: string, clause: Fuzzy | Match | MatchBoolPrefix): TextTest {
  const { prefixLength = 0 } = clause;
  if (prefixLength > wanted.length)
    throw new QueryFailure(`prefix_length ${prefixLength} is more than ${JSON.stringify(wanted)} has characters`, {
      span: clause.span,
      why: `${clause.field} is of type wildcard; Elasticsearch refuses the search`,
    });
  const fits = fuzzyTest(wanted, clause, { scripted: true });
  const start = prefixLength > 0 ? neededBy(`\0${wanted.slice(0, prefixLength)}`) : [];
  const counted: readonly (Needed | undefined)[] = trigrams(wanted.slice(prefixLength)).flatMap((run, at) =>
    at % 3 === 0 ? [asNeeded(run)] : [],
  );
  const least = counted.length - editsFor(clause.fuzziness, wanted);
  return both(
    (value) => {
      const term = asTerm(value);
      return term !== undefined && fits(term);
    },
    (runs) => {
      if (!start.every((one) => isThere(one, runs))) return false;
      let found = 0;
      for (const run of counted) if (isThere(run, runs)) found++;
      return found >= least;
    },
  );
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The term whose bytes are the characters of a value. */
function asTerm(value: string): string | undefined {
  if (!/[^\u0000-\u007f]/.test(value)) return value;
  if (/[^\u0000-\u00ff]/.test(value)) return undefined;
  try {
    return UTF8.decode(Buffer.from(value, 'latin1'));
  } catch {
    return undefined;
  }
}
