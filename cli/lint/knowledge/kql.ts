import type { KqlNode } from '../../query/kql/ast.ts';
import { parseKql } from '../../query/kql/parse.ts';
import { printKql } from '../../query/kql/print.ts';
import type { MappedText } from '../../text/mapped-text.ts';
import type { Subject } from '../check.ts';

/** The KQL query of a rule as a tree, and the text that its spans are in. */
export interface KqlQuery {
  readonly ast: KqlNode;
  readonly text: MappedText;
}

/** Undefined for rules of other languages, and for queries that do not parse. */
export function kqlOf({ file, body }: Subject): KqlQuery | undefined {
  if (body.language !== 'kuery') return undefined;
  const text = file.text(['rule', 'query']);
  const ast = text === undefined ? undefined : parseKql(text.text).ast;
  return text === undefined || ast === undefined || text.text.trim() === '' ? undefined : { ast, text };
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
  const plain = new Map(parts.filter((part) => part.kind !== 'not').map((part) => [printKql(part), part]));
  for (const negation of parts) {
    if (negation.kind !== 'not') continue;
    const part = plain.get(printKql(negation.child));
    if (part !== undefined) return { part, negation };
  }
  return undefined;
}
