import type { LuceneClause, LuceneGroup, LuceneNode } from './ast.ts';

const escapeAll = (text: string): string => text.replace(/[ \t\n\r\u3000+\-!():^[\]"{}~*?\\/]/g, '\\$&');

/** Words that are operators as they stand. */
const OPERATORS = new Set(['AND', 'OR', 'NOT', '&&', '||']);

const word = (text: string): string => (OPERATORS.has(text) ? `\\${text}` : escapeAll(text));

/** Bare words in a row: one blank stays as it is, which is what makes them one text; any other is escaped. */
function words(text: string): string {
  const blank = text.indexOf(' ', 1);
  return `${word(text.slice(0, blank))} ${word(text.slice(blank + 1))}`;
}

/** A sign by itself is a term only with white space behind it. */
const single = (text: string): string => (/^[+\-!]$/.test(text) ? `${text} ` : word(text));

/** A backslash before a closing quote would be read as part of the text, and the range would go on. */
function bound(text: string | undefined): string {
  if (text === undefined) return '*';
  if (/^[^\s\]}"\\]+$/.test(text) && text !== 'TO') return text;
  return `"${text.replaceAll('\\', '\\u005c').replaceAll('"', '\\u0022')}"`;
}

function printNode(node: LuceneNode, merged: boolean): string {
  const field = node.field === undefined ? '' : `${node.field === '*' ? '*' : word(node.field)}:`;
  const boost = node.boost === undefined ? '' : `^${node.boost}`;
  return `${field}${body(node, merged)}${boost}`;
}

function body(node: LuceneNode, merged: boolean): string {
  switch (node.kind) {
    case 'group':
      return `(${printLucene(node)})`;
    case 'text':
      return merged ? words(node.text) : single(node.text);
    case 'phrase':
      return `"${node.text.replace(/[\\"]/g, '\\$&')}"${node.slop === undefined ? '' : `~${node.slop}`}`;
    case 'prefix':
      return `${escapeAll(node.text)}*`;
    case 'wildcard':
      return node.pattern;
    case 'star':
      return '*';
    case 'regexp':
      return `/${node.pattern}/`;
    case 'fuzzy':
      return `${word(node.text)}~${node.edits}`;
    case 'range':
      return `${node.includeLow ? '[' : '{'}${bound(node.low)} TO ${bound(node.high)}${node.includeHigh ? ']' : '}'}`;
  }
}

function printClause({ conjunction, modifier, merged, node }: LuceneClause): string {
  const before = conjunction === undefined ? '' : `${conjunction.toUpperCase()} `;
  const sign = modifier === undefined ? '' : modifier === 'required' ? '+' : 'NOT ';
  return `${before}${sign}${printNode(node, merged === true)}`;
}

/** Lucene query text that parses to the same tree, spans apart; a tilde that means nothing is left out. */
export const printLucene = ({ clauses }: LuceneGroup): string => clauses.map(printClause).join(' ');
