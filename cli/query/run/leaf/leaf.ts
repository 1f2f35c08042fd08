import type { Field, Mapping } from '../../../fields/mapping.ts';
import { compileReader, countsAsNull, indexValue, sourcePaths, type Place } from '../../../fields/values/indexed.ts';
import { compileSome } from '../../../fields/values/some.ts';
import type { Json } from '../../../text/json.ts';
import type { Terms } from '../../algebra/query.ts';
import { holdsText } from '../default-fields.ts';
import { always, never, type RunContext, type Scope, type Test } from '../context.ts';
import { QueryFailure, Unsupported } from '../../failure.ts';
import { fieldOf, prefixOf, visible } from '../fields.ts';
import { refuseLongPattern } from '../pattern-length.ts';
import { constantLeaf } from './constant.ts';
import { exactText, holdsTerms, keywordTest, looksForWords, type LeafClause } from './keyword.ts';
import { hasNoWords, keywordWordsTest } from './keyword-words.ts';
import { flattenedPattern } from './flattened-pattern.ts';
import { metadataTest } from './metadata.ts';
import { isRangeField, rangeFieldTest, type RangeFieldClause } from './range-field.ts';
import { refuseOpenLeftOut } from './runtime.ts';
import { termRules } from './term-rules.ts';
import { termTest, termText } from './terms.ts';
import { refuseUnknownAnalyzer } from './text-analyzers.ts';
import { analysedTest, searchedTokens, tokenTest, type AnalysedClause, type TextTest } from './text.ts';
import { noPattern, type ValueTest } from './value-test.ts';
import { equalityTest, rangeTest } from './values.ts';
import { wildcardFieldTest } from './wildcard-field.ts';

const isMatch = (clause: LeafClause): clause is AnalysedClause => clause.kind.startsWith('match');

const isText = ({ type }: Field): boolean => type === 'text' || type === 'match_only_text';

/** What a clause comes to: a test of single values of one field, or of the document as a whole. */
type Made = Test | OnValue;
interface OnValue {
  readonly field: Field;
  readonly test: ValueTest;
  /** The one text that passes, where there is one. */
  readonly exact?: string;
}

/** Compiles a clause on one field. Unmapped fields match nothing; values that the type refuses fail the search. */
export function compileLeaf(clause: LeafClause, context: RunContext, scope: Scope): Test {
  const made = makeLeaf(clause, context, scope);
  return typeof made === 'function' ? made : someValue(made, scope);
}

/** Clauses any of which has to match: those on the same field are one test, so that the field is read once. */
export function compileAnyLeaf(clauses: readonly LeafClause[], context: RunContext, scope: Scope): readonly Test[] {
  const tests: Test[] = [];
  const fields = new Map<string, OnValue[]>();
  for (const clause of clauses) {
    const made = makeLeaf(clause, context, scope);
    if (typeof made === 'function') tests.push(made);
    else {
      const there = fields.get(made.field.name);
      if (there === undefined) fields.set(made.field.name, [made]);
      else there.push(made);
    }
  }
  for (const list of fields.values()) {
    const [first] = list;
    if (first !== undefined)
      tests.push(someValue(list.length === 1 ? first : { field: first.field, test: anyValueTest(list) }, scope));
  }
  return tests;
}

function anyValueTest(list: readonly OnValue[]): ValueTest {
  const exact = new Set(list.flatMap((one) => (one.exact === undefined ? [] : [one.exact])));
  const others = list.filter((one) => one.exact === undefined).map((one) => one.test);
  if (others.length === 0) return (value) => typeof value === 'string' && exact.has(value);
  return (value) => {
    if (typeof value === 'string' && exact.has(value)) return true;
    for (const test of others) if (test(value)) return true;
    return false;
  };
}

function someValue({ field, test, exact }: OnValue, scope: Scope): Test {
  const paths = sourcePaths(field, prefixOf(scope));
  const { nullValue } = field;
  if (field.type === 'flattened') {
    const read = compileReader(field, prefixOf(scope));
    return (source) => read(source).some(test);
  }
  if (field.type === 'wildcard' || field.type === 'keyword') {
    const plain = field.type === 'wildcard' || field.normalizer === undefined;
    if (plain && nullValue === undefined) return compileSome(paths, plainTest(field, test, exact));
  }
  return compileSome(paths, (raw, place) => {
    const counted = countsAsNull(field, raw) ? nullValue : raw;
    if (counted === undefined || counted === null) return false;
    const value = indexValue(field, counted, place);
    return value !== undefined && test(value);
  });
}

/** The test of one value that is indexed as it stands; most clauses ask for one text, which takes no more than a comparison. */
function plainTest(field: Field, test: ValueTest, exact: string | undefined): (raw: Json, place?: Place) => boolean {
  const longest = field.limits?.least ?? field.ignoreAbove ?? Infinity;
  const other = (raw: Json, place?: Place): boolean => {
    const value = raw === null ? undefined : indexValue(field, raw, place);
    return value !== undefined && test(value);
  };
  if (exact !== undefined && exact.length <= longest)
    return (raw, place) => (typeof raw === 'string' ? raw === exact : other(raw, place));
  return (raw, place) => (typeof raw === 'string' && raw.length <= longest ? test(raw) : other(raw, place));
}

/**
 * The value of a clause is read by the type of its field whatever the scope, and whatever the field holds there: only then a
 * clause that cannot see its field finds nothing.
 */
function makeLeaf(clause: LeafClause, context: RunContext, scope: Scope): Made {
  if (clause.field === '_id' || clause.field === '_index') return metadataTest(clause.field, clause, context);
  if ('analyzer' in clause && clause.analyzer !== undefined)
    refuseUnknownAnalyzer(clause.analyzer, context.mapping, clause.span);
  const field = fieldOf(clause.field, context.mapping);
  // A wildcard field takes prefixes of any length (WildcardFieldMapper.java prefixQuery)
  if (clause.kind === 'regexp' || (clause.kind === 'prefix' && field?.type !== 'wildcard'))
    refuseLongPattern(clause, context.mapping);
  if (field === undefined) {
    // elasticsearch: RegexpQueryBuilder.doToQuery makes an automaton of the expression without a field as well
    if (clause.kind === 'regexp') termTest(clause, termRules(context));
    return never;
  }
  if (clause.kind === 'terms') refuseManyTerms(clause, context.mapping);
  const made = makeOnField(field, clause, context, scope);
  if (field.unread !== true && visible(field, scope, context.mapping)) return made;
  // A text without a word finds everything or nothing, whatever the field holds there
  return 'zeroTermsQuery' in clause && clause.zeroTermsQuery === 'all' && looksForNothing(field, clause, context)
    ? always
    : never;
}

/** Whether a text has no word, on a type that takes texts at all (elasticsearch: MatchQueryParser.java parse). */
const looksForNothing = (field: Field, clause: AnalysedClause, context: RunContext): boolean =>
  holdsText(field) && (isText(field) || (clause.analyzer !== undefined && !holdsTerms(field)))
    ? searchedTokens(termText(clause.query, clause), field, clause, context.mapping).length === 0
    : hasNoWords(field, clause, context);

/**
 * Types that are not searched by their doc values (elasticsearch: failIfNotIndexed of RangeFieldMapper.java, FlattenedFieldMapper.java,
 * UnsignedLongFieldMapper.java).
 */
const needsIndex = (field: Field): boolean =>
  isRangeField(field) || field.type === 'flattened' || field.type === 'unsigned_long';

/** A clause that looks at all values of a document together: on text, for words among terms, through the index of a wildcard. */
function allValuesTest(field: Field, clause: LeafClause, context: RunContext): TextTest | undefined {
  if (isText(field)) return isMatch(clause) ? analysedTest(field, clause, context) : tokenTest(field, clause, context);
  if (isMatch(clause) && holdsTerms(field) && looksForWords(field, clause))
    return keywordWordsTest(field, clause, context);
  return field.type === 'wildcard' ? wildcardFieldTest(field, clause, context) : undefined;
}

function makeOnField(field: Field, clause: LeafClause, context: RunContext, scope: Scope): Made {
  // Of a key of a flattened field without an index a case-insensitive term finds nothing, where all other clauses fail
  const folded = clause.kind === 'term' && clause.caseInsensitive === true;
  if (folded && field.flattenedRoot !== undefined && field.indexed === false) return never;
  if (clause.kind === 'range' && field.runtime === true && field.type === 'keyword') refuseOpenLeftOut(clause);
  if (isMatch(clause) && looksForNothing(field, clause, context))
    return 'zeroTermsQuery' in clause && clause.zeroTermsQuery === 'all' ? always : never;
  // A text without an index is told when the clause is known to look for something
  if (field.indexed === false && !isText(field) && (field.docValues === false || needsIndex(field)))
    throw new QueryFailure(`${field.name} cannot be searched`, {
      span: clause.span,
      why: needsIndex(field)
        ? `its mapping has no index, which a search of ${field.typeName} needs; Elasticsearch refuses it`
        : 'its mapping has neither an index nor doc values; Elasticsearch refuses the search',
    });
  const together = allValuesTest(field, clause, context);
  if (together !== undefined) {
    const read = compileReader(field, prefixOf(scope));
    return (source) => together(read(source));
  }
  if ('analyzer' in clause && clause.analyzer !== undefined && holdsText(field)) {
    throw new Unsupported(`a clause with an analyzer on a field of type ${field.typeName}`, { span: clause.span });
  }
  if (field.type === 'constant_keyword') return constantLeaf(field, clause, termRules(context), prefixOf(scope));
  const ranges = isRangeField(field) ? rangeClause(clause) : undefined;
  if (ranges !== undefined) return rangeFieldTest(field, prefixOf(scope), ranges, context);
  if (field.type === 'flattened' && clause.kind !== 'match_phrase_prefix') {
    const special = flattenedPattern(field, clause, context, scope);
    if (special !== undefined) return special;
  }
  const exact = exactText(field, clause);
  return { field, test: valueTest(field, clause, context), ...(exact === undefined ? {} : { exact }) };
}

/** What a clause asks of a field of ranges; undefined: patterns, which are refused as on any field without texts. */
function rangeClause(clause: LeafClause): RangeFieldClause | undefined {
  const span = clause.span === undefined ? {} : { span: clause.span };
  switch (clause.kind) {
    case 'term':
      return clause.caseInsensitive === true ? undefined : { kind: 'values', values: [clause.value], ...span };
    case 'terms':
      return { kind: 'values', values: clause.values.filter((value) => value !== null), ...span };
    case 'match':
    case 'match_bool_prefix':
      return clause.fuzziness === undefined ? { kind: 'values', values: [clause.query], ...span } : undefined;
    case 'match_phrase':
      return { kind: 'values', values: [clause.query], ...span };
    case 'range':
      return { kind: 'range', range: clause, ...span };
    default:
      return undefined;
  }
}

function valueTest(field: Field, clause: LeafClause, context: RunContext): ValueTest {
  if (holdsTerms(field) || (field.type === 'version' && clause.kind !== 'range'))
    return keywordTest(field, clause, context);
  switch (clause.kind) {
    case 'term':
      if (clause.caseInsensitive === true && (field.type !== 'boolean' || field.indexed === false))
        throw noPattern('a case-insensitive comparison', field, clause);
      return equalityTest(field, clause.value, clause, context);
    case 'terms': {
      const tests = clause.values
        .filter((value) => value !== null)
        .map((value) => equalityTest(field, value, clause, context));
      return (value) => tests.some((test) => test(value));
    }
    case 'fuzzy':
      throw noPattern('a fuzzy term', field, clause);
    case 'match':
      if (clause.fuzziness !== undefined) throw noPattern('a fuzzy term', field, clause);
      return equalityTest(field, clause.query, clause, context);
    // elasticsearch: MatchQueryParser.parse makes a prefix of it on keyword and text fields only, and a fuzzy term on others
    case 'match_bool_prefix':
      if (clause.fuzziness !== undefined) throw noPattern('a fuzzy term', field, clause);
      return equalityTest(field, clause.query, clause, context);
    case 'match_phrase':
      return equalityTest(field, clause.query, clause, context);
    case 'range':
      return rangeTest(field, clause, context);
    case 'prefix':
      throw noPattern('a prefix', field, clause);
    case 'wildcard':
      throw noPattern('a wildcard', field, clause);
    case 'regexp':
      throw noPattern('a regular expression', field, clause);
    case 'match_phrase_prefix':
      throw noPattern('a prefix of words', field, clause);
  }
}

/** `index.max_terms_count` of Elasticsearch. */
const MAX_TERMS = 65_536;

function refuseManyTerms({ field, values, span }: Terms, mapping: Mapping): void {
  const limit = mapping.options?.maxTermsCount ?? MAX_TERMS;
  if (values.length > limit)
    throw new QueryFailure(`[terms] on ${field} has ${values.length} values, ${limit} are allowed`, {
      span,
      why: 'Elasticsearch refuses the search (index.max_terms_count)',
      help: 'split the list over several clauses of a bool',
    });
}
