import type { Field } from '../../fields/mapping.ts';
import { asciiFold } from '../../fields/patterns/fold.ts';
import { sourcePath } from '../../fields/values/indexed.ts';
import type { Bool, Query } from '../algebra/query.ts';
import { ROOT, type RunContext } from './context.ts';
import { exactText, type LeafClause } from './leaf/keyword.ts';
import { searchable } from './fields.ts';
import { shouldNeeded } from './predicate.ts';

/** A condition that any of some texts stands at a path of a document. */
export interface LeadingValues {
  readonly path: string;
  readonly texts: readonly string[];
  /** True: in any case of their ASCII letters; the texts are in lower case. */
  readonly folded?: boolean;
}

interface Leading {
  readonly values: readonly LeadingValues[];
  /** Whether no document can make it fail; what comes behind another condition in a list is looked at after that. */
  readonly safe: boolean;
}

const NONE: Leading = { values: [], safe: false };
/** Nothing that can be looked up. */
const ANY: Leading = { values: [], safe: true };

/**
 * What a query looks at before anything else, where that is a choice of texts in a field: each of these conditions has to hold
 * for a document to match. One that has only other texts at such a path need not be shown to the query, which would say no
 * before it could fail. Elasticsearch's percolator narrows its queries in the same way
 * (elasticsearch:modules/percolator/src/main/java/org/elasticsearch/percolator/QueryAnalyzer.java). `index`: where the documents lie.
 */
export const leadingValues = (query: Query, context: RunContext, index: string): readonly LeadingValues[] =>
  leading(query, context, index).values;

function leading(query: Query, context: RunContext, index: string): Leading {
  switch (query.kind) {
    case 'bool':
      return ofBool(query, context, index);
    case 'exists':
      return ANY;
    case 'term':
    case 'terms':
    case 'wildcard':
    case 'prefix':
    case 'regexp':
    case 'fuzzy':
    case 'range':
    case 'match':
    case 'match_phrase':
    case 'match_phrase_prefix':
    case 'match_bool_prefix':
      return ofLeaf(query, context, index);
    default:
      return NONE;
  }
}

function ofLeaf(clause: LeafClause, context: RunContext, index: string): Leading {
  if (clause.lenient === true || clause.field === '_id' || clause.field === '_index') return NONE;
  const field = searchable(clause.field, context, ROOT);
  if (field === undefined) return NONE;
  if (field.type === 'constant_keyword') return ofConstant(field, clause, index);
  // What is indexed in another form, stands for a missing value or comes from another field cannot be told from the text there.
  const { type, normalizer, nullValue, copiedFrom, indexed, runtime } = field;
  if (type !== 'keyword' || (normalizer ?? nullValue ?? copiedFrom) !== undefined) return ANY;
  if (indexed === false || runtime === true) return ANY;
  const texts = textsOf(field, clause);
  if (texts.length === 0 || texts.some((text) => text.length > (field.ignoreAbove ?? Infinity))) return ANY;
  const path = sourcePath(field);
  const folded = 'caseInsensitive' in clause && clause.caseInsensitive === true;
  return { values: [folded ? { path, texts: texts.map(asciiFold), folded } : { path, texts }], safe: true };
}

/** The texts that a clause finds, whatever their case; none where there are more than can be listed. */
function textsOf(field: Field, clause: LeafClause): readonly string[] {
  if (clause.kind === 'terms') {
    const texts = clause.values.map((value) => (value === null ? undefined : exactText(field, { kind: 'term', field: field.name, value }))); // prettier-ignore
    return texts.every((text) => text !== undefined) ? texts : [];
  }
  if (clause.kind === 'wildcard' && /[*?\\]/.test(clause.pattern)) return [];
  const value = clause.kind === 'wildcard' ? clause.pattern : clause.kind === 'term' ? clause.value : undefined;
  const text = exactText(field, value === undefined ? clause : { kind: 'term', field: field.name, value });
  return text === undefined ? [] : [text];
}

/** While nobody knows the value of the index, a document has its own; a star in the text is a pattern. */
function ofConstant(field: Field, clause: LeafClause, index: string): Leading {
  if (field.constants === undefined || field.constants(index) !== undefined) return NONE;
  const text = exactText({ ...field, type: 'keyword' }, clause);
  if (text === undefined || text.includes('*')) return NONE;
  return { values: [{ path: sourcePath(field), texts: [text] }], safe: true };
}

function ofBool(query: Bool, context: RunContext, index: string): Leading {
  const required = [...(query.must ?? []), ...(query.filter ?? [])];
  if (required.length === 0) return shouldNeeded(query) === 1 ? ofAlternatives(query, context, index) : NONE;
  const values: LeadingValues[] = [];
  for (const one of required) {
    const inner = leading(one, context, index);
    values.push(...inner.values);
    if (!inner.safe) return { values, safe: false };
  }
  return { values, safe: query.should === undefined && query.mustNot === undefined };
}

/** Alternatives that begin with the same field: its texts together. */
function ofAlternatives({ should = [], mustNot }: Bool, context: RunContext, index: string): Leading {
  const all = should.map((one) => leading(one, context, index));
  const safe = mustNot === undefined && all.every((one) => one.safe);
  const found = all.flatMap(({ values }) => values.slice(0, 1));
  const [first] = found;
  if (first === undefined || found.length < all.length || found.some(({ path }) => path !== first.path))
    return safe ? ANY : NONE;
  const { path } = first;
  const folded = found.some((one) => one.folded === true);
  const texts = found.flatMap((one) => (folded ? one.texts.map(asciiFold) : one.texts));
  return { values: [folded ? { path, texts, folded } : { path, texts }], safe };
}
