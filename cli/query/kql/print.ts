import type { KqlNode, KqlValue } from './ast.ts';

const SIGNS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;
const CONTROLS: Readonly<Record<string, string>> = { '\t': '\\t', '\r': '\\r', '\n': '\\n' };

/**
 * Unquoted text, with what would end it escaped: special characters, line ends, ` and `, ` or `, and `not ` even at the end of
 * a longer word. `\\not` would be a line feed, so its n is written as a number.
 */
const escaped = (text: string): string =>
  text.replace(
    /[\\():<>"*{}]|[\t\r\n]|(?<=^|[ \u00a0])(?:and|or)(?=[ \u00a0]|$)|n(?=ot(?:[ \u00a0]|$))/gi,
    (found) => CONTROLS[found] ?? (/^n$/i.test(found) ? `\\u00${found.charCodeAt(0).toString(16)}` : `\\${found}`),
  );

const inQuotes = (text: string): string =>
  `"${text.replace(/[\\"]/g, '\\$&').replace(/[\t\r\n]/g, (character) => CONTROLS[character] ?? '')}"`;

function printValue(value: KqlValue): string {
  if (value.kind === 'wildcard') return value.parts.map(escaped).join('*');
  if (typeof value.value !== 'string') return String(value.value);
  if (value.quoted) return inQuotes(value.value);
  // Nothing at all can only be written as a blank that is trimmed away.
  return value.value === '' ? '\\t' : escaped(value.value);
}

/** How tightly a part has to be bound where it stands: inside and, a list in or needs parentheses; inside not, both. */
type Place = 'top' | 'or' | 'and' | 'not';

const inParentheses = (kind: 'and' | 'or', place: Place): boolean =>
  place === 'not' || place === kind || (kind === 'or' && place === 'and');

/**
 * KQL text that parses to the same tree (spans apart). Each comparison stands by itself, the fewest parentheses are written,
 * keywords are in lower case.
 */
export function printKql(node: KqlNode, place: Place = 'top'): string {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const text = node.children.map((child) => printKql(child, node.kind)).join(` ${node.kind} `);
      return inParentheses(node.kind, place) ? `(${text})` : text;
    }
    case 'not': {
      const text = `not ${printKql(node.child, 'not')}`;
      return place === 'not' ? `(${text})` : text;
    }
    case 'nested':
      return `${printValue(node.path)}: { ${printKql(node.child)} }`;
    case 'range':
      return `${printValue(node.field)} ${SIGNS[node.operator]} ${printValue(node.value)}`;
    case 'is':
      if (node.field.kind === 'literal' && node.field.value === null) return printValue(node.value);
      return `${printValue(node.field)}: ${printValue(node.value)}`;
  }
}
