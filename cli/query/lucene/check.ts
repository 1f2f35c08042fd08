import type { Mapping } from '../../fields/mapping.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Span } from '../../text/span.ts';
import { suggest } from '../../text/suggest.ts';
import type { LuceneGroup, LuceneNode } from './ast.ts';
import { parseLucene } from './parse.ts';
import { LuceneSyntax } from './syntax.ts';

/**
 * Reads a Lucene query text: whether it parses, and whether the fields that it names are mapped. Elasticsearch runs a query
 * on unmapped fields; it matches nothing there.
 */
export function checkLucene(text: string, mapping: Mapping): readonly Diagnostic[] {
  if (text.trim() === '') return [];
  let root: LuceneGroup;
  try {
    root = parseLucene(text);
  } catch (error) {
    if (!(error instanceof LuceneSyntax)) throw error;
    return [
      {
        id: 'query/syntax',
        severity: 'error',
        message: error.message,
        span: error.span ?? { start: 0, end: text.length },
        why: 'Elasticsearch cannot read the query, so the rule fails at every run',
        ...(error.help === undefined ? {} : { help: error.help }),
      },
    ];
  }
  const found: Diagnostic[] = [];
  const seen = new Set<string>();
  for (const { name, where } of fieldsOf(root)) {
    if (seen.has(name)) continue;
    seen.add(name);
    const field = mapping.field(name);
    if (field?.indexed === false && field.docValues === false)
      found.push({
        id: 'query/field-not-usable',
        severity: 'error',
        message: `${name} cannot be searched`,
        span: where,
        why: 'its mapping has neither an index nor doc values; a clause on it matches nothing, and its negation everything',
        help: 'use another field',
      });
    if (field !== undefined || isMapped(name, mapping)) continue;
    const meant = suggest(name, mapping.names());
    found.push({
      id: 'query/unknown-field',
      severity: 'error',
      message: `${name} is in none of the rule's indices`,
      span: where,
      why: `a condition on an unmapped field matches nothing, and its negation everything (checked: ${mapping.describe().join(', ')})`,
      help: 'correct the name; a field that only your indices have can be declared in the suite under [mapping]',
      ...(meant === undefined ? {} : { label: `did you mean ${meant}?` }),
    });
  }
  return found;
}

/** Whether a name that is no field fits some, or has some below it. */
function isMapped(name: string, mapping: Mapping): boolean {
  if (name.includes('*')) return name === '*' || mapping.mayFit?.(name) === true || mapping.matching(name).length > 0;
  const below = `${name}.*`;
  return mapping.mayFit?.(below) === true || mapping.matching(below).length > 0;
}

/** The fields that the text names, in its order; the value of `_exists_` is one, too. */
function fieldsOf(root: LuceneGroup): { readonly name: string; readonly where: Span }[] {
  const out: { readonly name: string; readonly where: Span }[] = [];
  const pending: LuceneNode[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.field === '_exists_') {
      if (node.kind === 'text' || node.kind === 'phrase') out.push({ name: node.text, where: node.span });
      continue;
    }
    if (node.field !== undefined) {
      const { start } = node.span;
      out.push({ name: node.field, where: { start, end: Math.min(node.span.end, start + node.field.length) } });
    }
    if (node.kind === 'group') pending.push(...node.clauses.map((clause) => clause.node).reverse());
  }
  return out;
}
