/** What is wrong with a text that should be one JSON value, and where. */
export interface JsonFlaw {
  readonly kind:
    | 'unexpected' | 'end' | 'open-string' | 'control' | 'escape' | 'number' | 'word' | 'trailing' | 'too-deep' | 'duplicate-key'; // prettier-ignore
  readonly start: number;
  readonly end: number;
  /** What the grammar asks for at that place, in words. */
  readonly wanted?: string;
}

/** Objects and lists inside each other, as many as Elasticsearch reads (Jackson's StreamReadConstraints). */
export const MAX_DEPTH = 1000;

const WORD = /[A-Za-z_$][\w$]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const NUMBERISH = /[-+.\w]+/y;
/** Runs of characters that a string may hold as they are; short, so that no pattern runs over a long text at once. */
const PLAIN = /[^"\\\u0000-\u001f]{1,4096}/y;
const BLANK = /[ \t\r\n]{1,4096}/y;

const match = (pattern: RegExp, text: string, at: number): string => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
};

interface Open {
  readonly object: boolean;
  readonly keys: Set<string>;
}

/**
 * The first flaw of a JSON text, or undefined. Slower than JSON.parse and more exact: V8 does not always tell the place,
 * and takes the last of two equal keys where Elasticsearch refuses the document. Goes through the text in one loop, so
 * that no depth of nesting overflows the stack.
 */
export function findJsonFlaw(text: string): JsonFlaw | undefined {
  const open: Open[] = [];
  let at = 0;
  let state: 'value' | 'first-item' | 'first-key' | 'key' | 'colon' | 'after' = 'value';
  const flaw = (kind: JsonFlaw['kind'], start: number, end = start + 1, wanted?: string): JsonFlaw => ({
    kind,
    start,
    end: Math.min(Math.max(end, start), text.length),
    ...(wanted === undefined ? {} : { wanted }),
  });
  const blanks = (): void => {
    for (let run = match(BLANK, text, at); run !== ''; run = match(BLANK, text, at)) at += run.length;
  };
  for (;;) {
    blanks();
    const character = text[at];
    if (character === undefined) {
      if (state === 'after' && open.length === 0) return undefined;
      return flaw('end', Math.max(0, text.trimEnd().length - 1), undefined, wantedIn(state, open.at(-1)));
    }
    if (state === 'after') {
      const top = open.at(-1);
      if (top === undefined) return flaw('trailing', at);
      if (character === ',') state = top.object ? 'key' : 'value';
      else if (character === (top.object ? '}' : ']')) open.pop();
      else return flaw('unexpected', at, at + 1, wantedIn(state, top));
      at++;
      continue;
    }
    if (state === 'colon') {
      if (character !== ':') return flaw('unexpected', at, at + 1, wantedIn(state, undefined));
      at++;
      state = 'value';
      continue;
    }
    if ((state === 'first-key' && character === '}') || (state === 'first-item' && character === ']')) {
      open.pop();
      at++;
      state = 'after';
      continue;
    }
    if (state === 'key' || state === 'first-key') {
      if (character !== '"')
        return wordAt(text, at, flaw) ?? flaw('unexpected', at, at + 1, wantedIn(state, undefined));
      const string = endOfString(text, at, flaw);
      if (typeof string !== 'number') return string;
      const key = String(JSON.parse(text.slice(at, string)));
      const keys = open.at(-1)?.keys;
      if (keys?.has(key) === true) return flaw('duplicate-key', at, string);
      keys?.add(key);
      at = string;
      state = 'colon';
      continue;
    }
    if (character === '{' || character === '[') {
      if (open.length === MAX_DEPTH) return flaw('too-deep', at);
      open.push({ object: character === '{', keys: new Set() });
      at++;
      state = character === '{' ? 'first-key' : 'first-item';
      continue;
    }
    if (character === '"') {
      const string = endOfString(text, at, flaw);
      if (typeof string !== 'number') return string;
      at = string;
    } else if (/[-+.\d]/.test(character)) {
      const number = match(NUMBER, text, at);
      const written = match(NUMBERISH, text, at);
      if (number === '' || number !== written) return flaw('number', at, at + Math.max(1, written.length));
      at += number.length;
    } else {
      const word = match(WORD, text, at);
      if (word !== 'true' && word !== 'false' && word !== 'null')
        return wordAt(text, at, flaw) ?? flaw('unexpected', at, at + 1, wantedIn(state, open.at(-1)));
      at += word.length;
    }
    state = 'after';
  }
}

type Flaw = (kind: JsonFlaw['kind'], start: number, end?: number) => JsonFlaw;

function wordAt(text: string, at: number, flaw: Flaw): JsonFlaw | undefined {
  const word = match(WORD, text, at).slice(0, 40);
  return word === '' ? undefined : flaw('word', at, at + word.length);
}

/** Offset after a string that begins at `at`, or what is wrong with it. */
function endOfString(text: string, at: number, flaw: Flaw): number | JsonFlaw {
  for (let i = at + 1; ;) {
    i += match(PLAIN, text, i).length;
    const character = text[i];
    if (character === undefined) return flaw('open-string', at);
    if (character === '"') return i + 1;
    if (character === '\\') {
      const escape = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;
      const found = match(escape, text, i);
      if (found === '') return flaw('escape', i, i + 2);
      i += found.length;
    } else if (character < ' ')
      return character === '\n' || character === '\r' ? flaw('open-string', at) : flaw('control', i);
  }
}

function wantedIn(state: string, top: Open | undefined): string {
  switch (state) {
    case 'after':
      return top === undefined ? 'the end' : `a comma or ${top.object ? '}' : ']'}`;
    case 'colon':
      return 'a colon';
    case 'key':
      return 'a key in double quotes';
    case 'first-key':
      return 'a key in double quotes or }';
    default:
      return 'a value';
  }
}
