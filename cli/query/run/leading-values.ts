import type { Field } from '../../fields/mapping.ts';
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
  /** True: or nothing at all, as the index may have the value for all its documents. */
  readonly orAbsent?: boolean;
}

interface Leading {
  readonly values: readonly LeadingValues[];
  /** False: the query asks for more, and what comes behind it in a list of conditions is looked at after that. */
  readonly whole: boolean;
}

const NONE: Leading = { values: [], whole: false };

/**
 * What a query looks at before anything else, where that is a choice of texts in a field: each of these conditions has to hold
 * for a document to match. One that has only other texts at such a path need not be shown to the query, which would say no
 * before it could fail. Elasticsearch's percolator narrows its queries in the same way
 * (elasticsearch:modules/percolator/src/main/java/org/elasticsearch/percolator/QueryAnalyzer.java).
 */
export const leadingValues = (query: Query, context: RunContext): readonly LeadingValues[] =>
  leading(query, context).values;

function leading(query: Query, context: RunContext): Leading {
  switch (query.kind) {
    case 'bool':
      return ofBool(query, context);
    case 'term':
    case 'match':
    case 'match_phrase':
      return ofLeaf(query, context);
    default:
      return NONE;
  }
}

function ofLeaf(clause: LeafClause, context: RunContext): Leading {
  if (clause.lenient === true || clause.field === '_id' || clause.field === '_index') return NONE;
  const field = searchable(clause.field, context, ROOT);
  // What is indexed in another form, stands for a missing value or comes from another field cannot be told from the text there.
  if (field === undefined || field.normalizer !== undefined || field.nullValue !== undefined) return NONE;
  if (field.copiedFrom !== undefined) return NONE;
  if (field.type === 'constant_keyword') return ofConstant(field, clause);
  const text = exactText(field, clause);
  if (text === undefined || text.length > (field.ignoreAbove ?? Infinity)) return NONE;
  return { values: [{ path: sourcePath(field), texts: [text] }], whole: true };
}

/** A document that has a value has that of its index; a star in the text is a pattern. */
function ofConstant(field: Field, clause: LeafClause): Leading {
  const text = field.constants === undefined ? undefined : exactText({ ...field, type: 'keyword' }, clause);
  if (text === undefined || text.includes('*')) return NONE;
  return { values: [{ path: sourcePath(field), texts: [text], orAbsent: true }], whole: true };
}

function ofBool(query: Bool, context: RunContext): Leading {
  const required = [...(query.must ?? []), ...(query.filter ?? [])];
  if (required.length === 0) return shouldNeeded(query) === 1 ? ofAlternatives(query, context) : NONE;
  const values: LeadingValues[] = [];
  for (const one of required) {
    const inner = leading(one, context);
    values.push(...inner.values);
    if (!inner.whole) return { values, whole: false };
  }
  return { values, whole: query.should === undefined && query.mustNot === undefined };
}

/** Alternatives that begin with the same field: its texts together. */
function ofAlternatives({ should = [], mustNot }: Bool, context: RunContext): Leading {
  const texts: string[] = [];
  let path: string | undefined;
  let whole = mustNot === undefined;
  let orAbsent = false;
  for (const one of should) {
    const inner = leading(one, context);
    const [first] = inner.values;
    if (first === undefined || (path ??= first.path) !== first.path) return NONE;
    texts.push(...first.texts);
    orAbsent ||= first.orAbsent === true;
    whole &&= inner.whole && inner.values.length === 1;
  }
  return path === undefined ? NONE : { values: [{ path, texts, ...(orAbsent ? { orAbsent } : {}) }], whole };
}
