/** Inclusive ranges of code points, flat: low, high, low, high; ascending, not overlapping. */
export type Ranges = readonly number[];

export const MAX_CODE = 0x10ffff;
export const ANY: Ranges = [0, MAX_CODE];

/** Sorts and joins ranges. */
export function normalise(ranges: Ranges): Ranges {
  const pairs: [number, number][] = [];
  for (let i = 0; i < ranges.length; i += 2) pairs.push([ranges[i] ?? 0, ranges[i + 1] ?? 0]);
  pairs.sort((a, b) => a[0] - b[0]);
  const out: number[] = [];
  for (const [low, high] of pairs) {
    const end = out.length - 1;
    if (out.length > 0 && low <= (out[end] ?? 0) + 1) out[end] = Math.max(out[end] ?? 0, high);
    else out.push(low, high);
  }
  return out;
}

export function complement(ranges: Ranges): Ranges {
  const out: number[] = [];
  let next = 0;
  for (let i = 0; i < ranges.length; i += 2) {
    const low = ranges[i] ?? 0;
    if (low > next) out.push(next, low - 1);
    next = (ranges[i + 1] ?? 0) + 1;
  }
  if (next <= MAX_CODE) out.push(next, MAX_CODE);
  return out;
}

/** Adds the other case of ASCII letters. */
export function foldRanges(ranges: Ranges): Ranges {
  const out = [...ranges];
  for (let i = 0; i < ranges.length; i += 2) {
    const low = ranges[i] ?? 0;
    const high = ranges[i + 1] ?? 0;
    const upper = [Math.max(low, 65), Math.min(high, 90)] as const;
    const lower = [Math.max(low, 97), Math.min(high, 122)] as const;
    if (upper[0] <= upper[1]) out.push(upper[0] + 32, upper[1] + 32);
    if (lower[0] <= lower[1]) out.push(lower[0] - 32, lower[1] - 32);
  }
  return normalise(out);
}

const contains = (ranges: Ranges, code: number): boolean => {
  for (let i = 0; i < ranges.length; i += 2) {
    if (code < (ranges[i] ?? 0)) return false;
    if (code <= (ranges[i + 1] ?? 0)) return true;
  }
  return false;
};

/** A regular expression; equal ones are the same object, so that states can be compared by identity. */
export type Regex = { readonly id: number; readonly nullable: boolean } & (
  | { readonly op: 'none' | 'empty' | 'anything' }
  | { readonly op: 'class'; readonly ranges: Ranges }
  | { readonly op: 'cat'; readonly left: Regex; readonly right: Regex }
  | { readonly op: 'or' | 'and'; readonly items: readonly Regex[] }
  | { readonly op: 'not'; readonly inner: Regex }
  | { readonly op: 'repeat'; readonly inner: Regex; readonly min: number; readonly max: number }
  | {
      readonly op: 'interval';
      readonly min: bigint;
      readonly max: bigint;
      readonly digits: number;
      readonly read: string;
    }
);

type Shape = Regex extends infer R ? (R extends Regex ? Omit<R, 'id' | 'nullable'> : never) : never;

/**
 * Builds expressions and their derivatives. The derivative of a language by a character is what may follow that character;
 * it exists for intersection and complement as well, which Lucene's syntax has (J. Brzozowski, Derivatives of Regular
 * Expressions, 1964). States are made while text is read, so the time is linear in the text.
 */
export class RegexBuilder {
  readonly #known = new Map<string, Regex>();
  readonly #limit: number;
  readonly none: Regex;
  readonly empty: Regex;
  readonly anything: Regex;

  /** `limit`: number of different expressions after which a pattern counts as too complex. */
  constructor(limit: number) {
    this.#limit = limit;
    this.none = this.#make('none', { op: 'none' }, false);
    this.empty = this.#make('empty', { op: 'empty' }, true);
    this.anything = this.#make('anything', { op: 'anything' }, true);
  }

  #make(key: string, shape: Shape, nullable: boolean): Regex {
    let found = this.#known.get(key);
    if (found === undefined) {
      if (this.#known.size >= this.#limit) throw new TooComplex();
      found = { ...shape, id: this.#known.size, nullable };
      this.#known.set(key, found);
    }
    return found;
  }

  class(ranges: Ranges): Regex {
    if (ranges.length === 0) return this.none;
    return this.#make(`c${ranges.join(',')}`, { op: 'class', ranges }, false);
  }

  cat(left: Regex, right: Regex): Regex {
    if (left === this.none || right === this.none) return this.none;
    if (left === this.empty) return right;
    if (right === this.empty) return left;
    if (left === this.anything && (right === left || (right.op === 'cat' && right.left === left))) return right;
    if (left.op === 'cat') return this.cat(left.left, this.cat(left.right, right));
    return this.#make(`.${left.id},${right.id}`, { op: 'cat', left, right }, left.nullable && right.nullable);
  }

  or(list: readonly Regex[]): Regex {
    const items = this.#flat('or', list).filter((item) => item !== this.none);
    if (items.includes(this.anything)) return this.anything;
    if (items.length === 0) return this.none;
    if (items.length === 1) return items[0] ?? this.none;
    return this.#make(
      `|${items.map((i) => i.id).join(',')}`,
      { op: 'or', items },
      items.some((i) => i.nullable),
    );
  }

  and(list: readonly Regex[]): Regex {
    const items = this.#flat('and', list).filter((item) => item !== this.anything);
    if (items.includes(this.none)) return this.none;
    if (items.length === 0) return this.anything;
    if (items.length === 1) return items[0] ?? this.none;
    return this.#make(
      `&${items.map((i) => i.id).join(',')}`,
      { op: 'and', items },
      items.every((i) => i.nullable),
    );
  }

  #flat(op: 'or' | 'and', list: readonly Regex[]): readonly Regex[] {
    const all = new Set<Regex>();
    for (const item of list) {
      if (item.op === op) for (const inner of item.items) all.add(inner);
      else all.add(item);
    }
    return [...all].sort((a, b) => a.id - b.id);
  }

  not(inner: Regex): Regex {
    if (inner.op === 'not') return inner.inner;
    if (inner === this.none) return this.anything;
    if (inner === this.anything) return this.none;
    return this.#make(`!${inner.id}`, { op: 'not', inner }, !inner.nullable);
  }

  repeat(inner: Regex, min: number, max: number): Regex {
    if (max === 0 || inner === this.empty) return this.empty;
    if (inner === this.none) return min === 0 ? this.empty : this.none;
    if (min === 1 && max === 1) return inner;
    if (
      max === Infinity &&
      inner.op === 'class' &&
      inner.ranges.length === 2 &&
      inner.ranges[0] === 0 &&
      inner.ranges[1] === MAX_CODE &&
      min === 0
    )
      return this.anything;
    if (max === Infinity && inner.op === 'repeat' && inner.max === Infinity && inner.min <= 1 && min <= 1)
      return this.repeat(inner.inner, Math.min(min, inner.min), Infinity);
    return this.#make(`*${inner.id},${min},${max}`, { op: 'repeat', inner, min, max }, min === 0 || inner.nullable);
  }

  /** Decimal numbers from `min` to `max`; `digits` > 0: exactly that many digits, else any number of leading zeros. */
  interval(min: bigint, max: bigint, digits: number, read = ''): Regex {
    const nullable =
      read !== '' && (digits === 0 || read.length === digits) && BigInt(read) >= min && BigInt(read) <= max;
    return this.#make(`i${min},${max},${digits},${read}`, { op: 'interval', min, max, digits, read }, nullable);
  }

  derive(node: Regex, code: number): Regex {
    switch (node.op) {
      case 'none':
      case 'empty':
        return this.none;
      case 'anything':
        return node;
      case 'class':
        return contains(node.ranges, code) ? this.empty : this.none;
      case 'cat': {
        const first = this.cat(this.derive(node.left, code), node.right);
        return node.left.nullable ? this.or([first, this.derive(node.right, code)]) : first;
      }
      case 'or':
        return this.or(node.items.map((item) => this.derive(item, code)));
      case 'and':
        return this.and(node.items.map((item) => this.derive(item, code)));
      case 'not':
        return this.not(this.derive(node.inner, code));
      case 'repeat':
        return this.cat(
          this.derive(node.inner, code),
          this.repeat(node.inner, Math.max(0, node.min - 1), node.max === Infinity ? Infinity : node.max - 1),
        );
      case 'interval': {
        if (code < 48 || code > 57) return this.none;
        const read = (node.digits === 0 && /^0+$/.test(node.read) ? '' : node.read) + String.fromCharCode(code);
        const length = node.digits === 0 ? String(node.max).length : node.digits;
        return read.length > length ? this.none : this.interval(node.min, node.max, node.digits, read);
      }
    }
  }
}

/** More states than the limit: Elasticsearch gives up on such a pattern as well. */
export class TooComplex extends Error {}

/** A matcher over whole values: a deterministic automaton that is made as far as the texts need it. */
export function matcherOf(builder: RegexBuilder, start: Regex): (value: string) => boolean {
  const ascii = new Map<Regex, (Regex | undefined)[]>();
  const wide = new Map<Regex, Map<number, Regex>>();
  const step = (state: Regex, code: number): Regex => {
    if (code < 128) {
      let row = ascii.get(state);
      if (row === undefined) ascii.set(state, (row = new Array<Regex | undefined>(128)));
      return (row[code] ??= builder.derive(state, code));
    }
    let row = wide.get(state);
    if (row === undefined) wide.set(state, (row = new Map<number, Regex>()));
    let next = row.get(code);
    if (next === undefined) row.set(code, (next = builder.derive(state, code)));
    return next;
  };
  return (value) => {
    let state = start;
    for (let i = 0; i < value.length; i++) {
      let code = value.charCodeAt(i);
      if (code >= 0xd800 && code <= 0xdbff) {
        code = value.codePointAt(i) ?? code;
        if (code > 0xffff) i++;
      }
      state = step(state, code);
      if (state === builder.none) return false;
      if (state === builder.anything) return true;
    }
    return state.nullable;
  };
}
