import type { KqlNode } from '../../query/kql/ast.ts';
import { parseKql } from '../../query/kql/parse.ts';
import { printKql } from '../../query/kql/print.ts';
import type { RuleBody, RuleFile } from '../../rule/rule.ts';
import type { Span } from '../../text/span.ts';
import type { Subject } from '../check.ts';

/** The KQL query of a rule as a tree. */
export interface KqlQuery {
  readonly text: string;
  /** Every node of the tree, parents first. */
  readonly nodes: readonly KqlNode[];
  /** The place of a part of the query in the file. */
  readonly place: (part: Span) => Span;
}

const known = new WeakMap<RuleBody, KqlQuery | undefined>();

/** Undefined for rules of other languages, and for queries that do not parse. */
export function kqlOf({ file, body }: Subject): KqlQuery | undefined {
  if (!known.has(body)) known.set(body, read(file, body));
  return known.get(body);
}

function read(file: RuleFile, { language, query: text }: RuleBody): KqlQuery | undefined {
  if (language !== 'kuery' || text === undefined || text.trim() === '') return undefined;
  const { ast } = parseKql(text);
  if (ast === undefined) return undefined;
  // Few queries have a finding, and only those need the place of each character.
  const place = (part: Span): Span => file.text(['rule', 'query'])?.span(part) ?? file.valueSpan(['rule', 'query']);
  return { text, nodes: everyNode(ast), place };
}

/** Every node of a tree, parents first. */
export function everyNode(root: KqlNode): readonly KqlNode[] {
  const all: KqlNode[] = [];
  const pending: KqlNode[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    all.push(node);
    if (node.kind === 'and' || node.kind === 'or') pending.push(...[...node.children].reverse());
    else if (node.kind === 'not' || node.kind === 'nested') pending.push(node.child);
  }
  return all;
}

/** A part and its negation among parts of one list, compared as they print. */
export function opposites(
  parts: readonly KqlNode[],
): { readonly part: KqlNode; readonly negation: KqlNode } | undefined {
  const negations = parts.filter((part) => part.kind === 'not');
  if (negations.length === 0) return undefined;
  const plain = new Map(parts.filter((part) => part.kind !== 'not').map((part) => [printKql(part), part]));
  for (const negation of negations) {
    const part = plain.get(printKql(negation.child));
    if (part !== undefined) return { part, negation };
  }
  return undefined;
}
