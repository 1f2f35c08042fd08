import type { Ranges } from './ranges.ts';

/** A regular expression of Lucene, read. */
export type RegexpNode =
  | { readonly kind: 'union'; readonly items: readonly RegexpNode[] }
  | { readonly kind: 'concat'; readonly left: RegexpNode; readonly right: RegexpNode }
  | { readonly kind: 'intersection'; readonly left: RegexpNode; readonly right: RegexpNode }
  | { readonly kind: 'optional' | 'star' | 'not'; readonly inner: RegexpNode }
  | { readonly kind: 'repeat'; readonly inner: RegexpNode; readonly min: number; readonly max: number }
  /** Characters in a row; a case-insensitive expression folds them. */
  | { readonly kind: 'text'; readonly codes: readonly number[] }
  | { readonly kind: 'class'; readonly ranges: Ranges }
  | { readonly kind: 'nothing' | 'anything' }
  | { readonly kind: 'interval'; readonly min: number; readonly max: number; readonly digits: number };

/**
 * Joins two expressions; characters next to each other become one text. That shows where the text is empty: case-insensitive, `()`
 * by itself fits nothing, while `a()` is `a` (lucene: RegExp.java makeConcatenation).
 */
export function concat(left: RegexpNode, right: RegexpNode): RegexpNode {
  if (right.kind === 'text') {
    if (left.kind === 'text') return joined(left, right);
    if (left.kind === 'concat' && left.right.kind === 'text')
      return { kind: 'concat', left: left.left, right: joined(left.right, right) };
  }
  if (left.kind === 'text' && right.kind === 'concat' && right.left.kind === 'text')
    return { kind: 'concat', left: joined(left, right.left), right: right.right };
  return { kind: 'concat', left, right };
}

type Text = Extract<RegexpNode, { kind: 'text' }>;

const joined = (left: Text, right: Text): Text => ({ kind: 'text', codes: [...left.codes, ...right.codes] });

/** The parts of a chain of concatenations, in order. */
export function partsOf(node: RegexpNode): readonly RegexpNode[] {
  const parts: RegexpNode[] = [];
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'concat') open.push(next.right, next.left);
    else parts.push(next);
  }
  return parts;
}
