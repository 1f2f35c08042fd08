import { asciiFold } from '../fields/patterns/fold.ts';
import { isList } from '../fields/values/collect.ts';
import { readerOf, type PathReader } from '../fields/values/path-reader.ts';
import type { LeadingValues } from '../query/run/leading-values.ts';
import type { Json, JsonObject } from '../text/json.ts';

/** A rule and what its query looks at first. */
interface Entry<Rule> {
  readonly rule: Rule;
  readonly values: readonly LeadingValues[];
}

/** Rules that look at the same field. */
interface Gate<Rule> {
  readonly read: PathReader;
  readonly fold: boolean;
  readonly rules: readonly Rule[];
  readonly byText: ReadonlyMap<string, readonly Entry<Rule>[]>;
  /** Those of a text told apart, made when an event first has it: all combinations of long lists would be too many. */
  readonly known: Map<string, Audience<Rule>>;
}

/** Rules of the texts of a longer list are not told apart any further, so that one event costs no more than it has texts. */
const SHORT_LIST = 4;

/**
 * Which of many rules an event can concern, by the texts that they look at first: a tree, in which each rule is told apart by the
 * rarest of its texts, and those that are left by the next. Measured with 1,241 rules over 46,873 events: 6 of 100 looks at an event
 * are left.
 */
export class Audience<Rule> {
  readonly #everybody: readonly Rule[];
  readonly #gates: readonly Gate<Rule>[];

  constructor(entries: readonly Entry<Rule>[]) {
    const shares = sharesOf(entries);
    const everybody: Rule[] = [];
    const behind = new Map<string, { values: LeadingValues; entry: Entry<Rule> }[]>();
    for (const entry of entries) {
      const rarest = rarestOf(entry.values, shares);
      if (rarest === undefined) {
        everybody.push(entry.rule);
        continue;
      }
      const left = { rule: entry.rule, values: entry.values.filter((one) => one !== rarest) };
      const key = gateKey(rarest);
      const there = behind.get(key);
      if (there === undefined) behind.set(key, [{ values: rarest, entry: left }]);
      else there.push({ values: rarest, entry: left });
    }
    this.#everybody = everybody;
    this.#gates = [...behind.values()].map(gateOf);
  }

  /** Shows an event to the rules that it can concern, to each once. */
  show(source: JsonObject, look: (rule: Rule) => void): void {
    for (const rule of this.#everybody) look(rule);
    for (const gate of this.#gates) showAt(gate, gate.read(source), source, look);
  }
}

const gateKey = ({ path, folded }: LeadingValues): string => (folded === true ? `${path}\0` : path);
const textKey = (values: LeadingValues, text: string): string => `${gateKey(values)}\0${text}`;

/** How many rules ask for each text. */
function sharesOf<Rule>(entries: readonly Entry<Rule>[]): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const { values } of entries)
    for (const one of values)
      for (const text of new Set(one.texts)) {
        const key = textKey(one, text);
        shares.set(key, (shares.get(key) ?? 0) + 1);
      }
  return shares;
}

/** What few rules ask for, few events have. */
function rarestOf(values: readonly LeadingValues[], shares: ReadonlyMap<string, number>): LeadingValues | undefined {
  const rivals = (one: LeadingValues): number =>
    one.texts.reduce((sum, text) => sum + (shares.get(textKey(one, text)) ?? 0), 0);
  return [...values].sort((a, b) => rivals(a) - rivals(b))[0];
}

function gateOf<Rule>(members: readonly { values: LeadingValues; entry: Entry<Rule> }[]): Gate<Rule> {
  const byText = new Map<string, Entry<Rule>[]>();
  for (const { values, entry } of members)
    for (const text of new Set(values.texts)) {
      const there = byText.get(text);
      if (there === undefined) byText.set(text, [entry]);
      else there.push(entry);
    }
  const [first] = members;
  return {
    read: readerOf(first?.values.path ?? ''),
    fold: first?.values.folded === true,
    rules: members.map(({ entry }) => entry.rule),
    byText,
    known: new Map(),
  };
}

function showText<Rule>(gate: Gate<Rule>, text: string, source: JsonObject, look: (rule: Rule) => void): void {
  const key = gate.fold ? asciiFold(text) : text;
  let audience = gate.known.get(key);
  if (audience === undefined) {
    const entries = gate.byText.get(key);
    if (entries === undefined) return;
    gate.known.set(key, (audience = new Audience(entries)));
  }
  audience.show(source, look);
}

function showAt<Rule>(gate: Gate<Rule>, value: Json | undefined, source: JsonObject, look: (rule: Rule) => void): void {
  if (value === undefined) return;
  const only = isList(value) && value.length === 1 ? value[0] : value;
  if (typeof only === 'string') {
    showText(gate, only, source, look);
    return;
  }
  // Numbers and the like are indexed as a text of their own: the rules know which.
  if (!isList(value) || !value.every((one) => typeof one === 'string')) {
    for (const rule of gate.rules) look(rule);
    return;
  }
  const once = new Set<Rule>();
  for (const text of value)
    if (value.length <= SHORT_LIST) showText(gate, text, source, (rule) => once.add(rule));
    else for (const { rule } of gate.byText.get(gate.fold ? asciiFold(text) : text) ?? []) once.add(rule);
  for (const rule of once) look(rule);
}
