import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../text/json.ts';
import { endOfString, parseJsonSpelled } from '../../text/parse-json.ts';
import { span, type Span } from '../../text/span.ts';

/** What may stand around a document in a file: a hit, a search response. */
const AROUND = /(?:^|\.)(?:_source|fields)\.$/;

const SCALAR = /[^\s,\]}]+/y;

interface Open {
  readonly object: boolean;
  /** Names above, and that of the member that is being read. */
  readonly above: string;
  key: string;
}

/**
 * The place of a value of a document in the text of its file, which is JSON: at this dotted path, dotted keys as they come, in a
 * document of its own or in a hit. Undefined: it is not written so, as under keys with dots at their end.
 */
export function valuePlace(text: string, path: string, value: Json, from = 0, to = text.length): Span | undefined {
  const open: Open[] = [];
  let first: Span | undefined;
  const here = (): string => {
    const top = open.at(-1);
    return top === undefined ? '' : top.object ? `${top.above}${top.key}` : top.above.slice(0, -1);
  };
  for (let at = from; at < to;) {
    const character = text[at] ?? '';
    const top = open.at(-1);
    if (character === '{' || character === '[') {
      const name = here();
      open.push({ object: character === '{', above: name === '' ? '' : `${name}.`, key: '' });
      at++;
      if (isAt(name, path) && typeof value === 'object' && value !== null) first ??= span(at - 1, at);
      continue;
    }
    if (character === '}' || character === ']') open.pop();
    if (/[\s:,\]}]/.test(character)) {
      at++;
      continue;
    }
    const end = character === '"' ? endOfString(text, at) : at + match(SCALAR, text, at).length;
    const token = text.slice(at, end);
    if (token === '') return first;
    if (top?.object === true && character === '"' && isKey(text, end)) top.key = String(JSON.parse(token));
    else if (isAt(here(), path)) {
      const place = span(at, end);
      if (isDeepStrictEqual(parseJsonSpelled(token).value, value)) return place;
      first ??= place;
    }
    at = end;
  }
  return first;
}

const match = (pattern: RegExp, text: string, at: number): string => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
};

const isKey = (text: string, end: number): boolean => {
  let at = end;
  while (/\s/.test(text[at] ?? '')) at++;
  return text[at] === ':';
};

const isAt = (name: string, path: string): boolean =>
  name === path || (name.endsWith(path) && AROUND.test(name.slice(0, name.length - path.length)));
