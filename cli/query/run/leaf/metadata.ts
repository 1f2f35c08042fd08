import type { Field } from '../../../fields/mapping.ts';
import { asciiFold } from '../../../fields/patterns/fold.ts';
import { searchedName } from '../../../fields/patterns/index-pattern.ts';
import type { Match, MatchPhrase, Prefix, Query, Scalar, Term, Terms, Wildcard } from '../../algebra/query.ts';
import { scalarText } from '../../algebra/scalar-text.ts';
import { QueryFailure } from '../../failure.ts';
import { never, type RunContext, type Test } from '../context.ts';
import { constantTest } from './constant.ts';
import { keywordTest, type LeafClause } from './keyword.ts';
import { termRules } from './term-rules.ts';

/** Clauses that a field with one value for the whole index decides without looking at a document. */
export type ConstantClause = Term | Terms | Prefix | Wildcard | Match | MatchPhrase;

export function isConstantClause(query: Query): query is ConstantClause {
  switch (query.kind) {
    case 'match':
      return query.fuzziness === undefined && query.lenient !== true;
    case 'term':
    case 'terms':
    case 'prefix':
    case 'wildcard':
    case 'match_phrase':
      return true;
    default:
      return false;
  }
}

/** Whether the index of a name is meant, under its own name or that of its data stream; a star is a wildcard in every clause. */
export function indexNameTest(clause: ConstantClause, context: RunContext): (index: string) => boolean {
  const field: Field = { name: '_index', type: 'keyword', typeName: '_index' };
  refuseEmpty(clause);
  const rules = termRules(context);
  const named = asNames(clause);
  const test = (constant: string): boolean => constantTest({ ...field, constant }, named, rules);
  // Once now, so that a clause that is refused is refused before there are events.
  test('');
  const known = new Map<string, boolean>();
  return (index) => {
    let found = known.get(index);
    if (found === undefined) known.set(index, (found = [index, searchedName(index)].some(test)));
    return found;
  };
}

/** The same clause where each name is one that a search could name: `_all` and `name::data` are patterns. */
function asNames(clause: ConstantClause): ConstantClause {
  const folded = clause.kind === 'term' && clause.caseInsensitive === true;
  const name = (value: Scalar): string => {
    const text = scalarText(value);
    return folded && asciiFold(text) === '_all' ? '*' : indexName(text, clause);
  };
  switch (clause.kind) {
    case 'term':
      return { ...clause, value: name(clause.value) };
    case 'terms':
      return { ...clause, values: clause.values.map(name) };
    case 'wildcard':
      return { ...clause, pattern: name(clause.pattern) };
    case 'prefix':
      if (/^[_:]|::/.test(clause.value)) throw noName(clause.value, clause);
      return clause;
    default:
      return { ...clause, query: name(clause.query) };
  }
}

/** elasticsearch:server/src/main/java/org/elasticsearch/cluster/metadata/IndexNameExpressionResolver.java */
function indexName(text: string, clause: ConstantClause): string {
  const [name = '', selector, ...more] = text.split('::');
  if (
    text.startsWith(':') ||
    more.length > 0 ||
    (selector !== undefined && selector !== 'data' && selector !== 'failures')
  )
    throw noName(text, clause);
  // No rule searches the failures of a data stream
  if (selector === 'failures') return ' ';
  if (name === '_all') return '*';
  if (name.startsWith('_')) throw noName(text, clause);
  return name;
}

const noName = (text: string, { span }: ConstantClause): QueryFailure =>
  new QueryFailure(`${JSON.stringify(text)} is not the name of an index`, {
    span,
    why: 'Elasticsearch refuses the search: a name does not begin with _ or a colon',
    help: 'write a name, a pattern such as logs-*, or _all',
  });

/**
 * The name of an index is a constant of it. Ids are compared as a whole
 * (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/ConstantFieldType.java, IdFieldMapper.java).
 */
export function metadataTest(name: '_id' | '_index', clause: LeafClause, context: RunContext): Test {
  const asTerm = wholeClause(clause);
  if (asTerm === undefined || (name === '_id' && (asTerm.kind === 'prefix' || asTerm.kind === 'wildcard')))
    return refused(clause);
  if (name === '_index') {
    const test = indexNameTest(asTerm, context);
    return (_source, { index }) => test(index);
  }
  refuseEmpty(asTerm);
  // Ids are indexed in a form that letters of another case do not come near
  if (asTerm.kind === 'term' && asTerm.caseInsensitive === true) return never;
  const test = keywordTest({ name, type: 'keyword', typeName: name }, asTerm, context);
  return (_source, event) => test(event.id);
}

/** A clause that compares names as a whole, or by patterns; undefined: the others, which these fields do not take. */
function wholeClause(clause: LeafClause): ConstantClause | undefined {
  switch (clause.kind) {
    // No prefix: MatchQueryParser.parse makes one on keyword and text fields only
    case 'match_bool_prefix':
      return { kind: 'match_phrase', field: clause.field, query: clause.query };
    case 'match':
      return clause.fuzziness === undefined ? clause : undefined;
    default:
      return isConstantClause(clause) ? clause : undefined;
  }
}

/** Neither an index nor a document has an empty name. */
function refuseEmpty(clause: ConstantClause): void {
  const compared: readonly Scalar[] =
    clause.kind === 'terms'
      ? clause.values
      : clause.kind === 'term'
        ? [clause.value]
        : clause.kind === 'wildcard'
          ? [clause.pattern]
          : clause.kind === 'prefix'
            ? []
            : [clause.query];
  if (compared.includes(''))
    throw new QueryFailure(`${clause.field} is compared with nothing`, {
      span: clause.span,
      why: 'Elasticsearch refuses the search: neither an index nor a document has an empty name',
      help: 'take the empty value out',
    });
}

function refused(clause: LeafClause): never {
  throw new QueryFailure(`a clause of kind ${clause.kind} cannot be used on ${clause.field}`, {
    span: clause.span,
    why: `${clause.field} is a metadata field; Elasticsearch refuses the search`,
    help: clause.field === '_id' ? 'write an ids clause, or term' : 'write term, terms, prefix or wildcard',
  });
}
