import { PatternError } from './pattern-error.ts';
import { partsOf, type RegexpNode } from './regexp-node.ts';
import { RegexpParser } from './regexp-parser.ts';

/** Characters that the shortest text has which fits an expression; 0 for one that fits nothing or is broken. */
export function leastLengthOfRegexp(pattern: string): number {
  try {
    const length = least(new RegexpParser(pattern, {}).parse());
    return length === Infinity ? 0 : length;
  } catch (error) {
    // Elasticsearch refuses it, which is another matter.
    if (error instanceof PatternError || error instanceof RangeError) return 0;
    throw error;
  }
}

function least(node: RegexpNode): number {
  switch (node.kind) {
    case 'union':
      return node.items.reduce((length, item) => Math.min(length, least(item)), Infinity);
    case 'concat':
      return partsOf(node).reduce((length, part) => length + least(part), 0);
    case 'intersection':
      return Math.max(least(node.left), least(node.right));
    case 'repeat':
      return node.min === 0 ? 0 : node.min * least(node.inner);
    case 'text':
      return node.codes.reduce((length, code) => length + (code > 0xffff ? 2 : 1), 0);
    case 'class':
      return 1;
    case 'interval':
      return Math.max(1, node.digits);
    case 'nothing':
      return Infinity;
    case 'optional':
    case 'star':
    case 'not':
    case 'anything':
      return 0;
  }
}
