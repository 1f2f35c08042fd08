import { lowerCaseOf } from './case-mapping.ts';
import { partsOf, type RegexpNode } from './regexp-node.ts';
import { RegexpParser, type RegexpSyntax } from './regexp-parser.ts';
import { isThere, marked, neededBy, type Needed } from './trigrams.ts';

/** What a value needs to have before it is looked at: nothing, a text, all of several conditions, or any. */
type Condition =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Condition[] };

const NONE: Condition = { kind: 'none' };

/** Alternatives of one class, and conditions that have to hold together, that are looked at. */
const MAX_PARTS = 10;

/**
 * The runs of three characters that a regular expression needs on a wildcard field. A branch without characters, `()`, counts as one
 * that nothing meets (elasticsearch:x-pack/plugin/wildcard/.../WildcardFieldMapper.java toApproximationQuery,
 * rewriteBoolToNgramQuery).
 */
export function compileNeededByRegexp(pattern: string, syntax: RegexpSyntax): (runs: ReadonlySet<string>) => boolean {
  const condition = read(new RegexpParser(marked(pattern), syntax).parse());
  return compile(condition);
}

const lower = (codes: readonly number[]): string =>
  codes.map((code) => String.fromCodePoint(lowerCaseOf(code))).join('');

function read(node: RegexpNode): Condition {
  switch (node.kind) {
    case 'text':
      return { kind: 'text', text: lower(node.codes) };
    case 'class':
      return ofClass(node.ranges);
    case 'union':
      return anyOf(node.items.map(read));
    case 'concat':
      return inRow(partsOf(node).map(read));
    case 'repeat': {
      if (node.min === 0) return NONE;
      const inner = read(node.inner);
      // So that what stands beside it is not taken for one text with it
      return inner.kind === 'text' ? { kind: 'all', parts: [inner] } : inner;
    }
    default:
      return NONE;
  }
}

function ofClass(ranges: readonly number[]): Condition {
  if (ranges.length / 2 > MAX_PARTS) return NONE;
  const letters: Condition[] = [];
  for (let at = 0; at < ranges.length; at += 2) {
    const code = ranges[at] ?? 0;
    if (code !== ranges[at + 1]) return NONE;
    letters.push({ kind: 'text', text: lower([code]) });
  }
  return anyOf(letters);
}

function anyOf(parts: readonly Condition[]): Condition {
  const different = [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()];
  const [only] = different;
  return only === undefined ? NONE : different.length === 1 ? only : { kind: 'any', parts: different };
}

/** Texts next to each other are one. */
function inRow(parts: readonly Condition[]): Condition {
  const all: Condition[] = [];
  let text = '';
  const close = (): void => {
    if (text !== '') all.push({ kind: 'text', text });
    text = '';
  };
  for (const part of parts)
    if (part.kind === 'text') text += part.text;
    else {
      close();
      all.push(part);
    }
  close();
  return all.length === 0 ? NONE : { kind: 'all', parts: all };
}

type Test = (runs: ReadonlySet<string>) => boolean;

function compile(condition: Condition): Test {
  switch (condition.kind) {
    case 'none':
      return () => true;
    case 'text': {
      if (condition.text === '') return () => false;
      const needed: readonly (Needed | undefined)[] = neededBy(condition.text);
      return (runs) => needed.every((one) => isThere(one, runs));
    }
    case 'all': {
      const tests = condition.parts.slice(0, MAX_PARTS - 1).map(compile);
      return (runs) => tests.every((test) => test(runs));
    }
    case 'any': {
      const tests = condition.parts.map(compile);
      return (runs) => tests.some((test) => test(runs));
    }
  }
}
