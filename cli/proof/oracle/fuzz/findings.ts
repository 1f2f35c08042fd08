import type { JsonObject } from '../../../text/json.ts';
import { NoAnswer } from '../not-run.ts';
import type { Answer } from './judge.ts';
import type { Case } from './shrink.ts';

/** A difference, as small as it gets, ready to be kept as a vector. */
export interface FuzzDifference {
  readonly kind: string;
  readonly mapping: JsonObject;
  readonly settings: JsonObject;
  readonly document: Case['document'];
  readonly query: JsonObject | undefined;
  readonly server: Answer | string;
  readonly ours: Answer | string;
  /** How many of the kind were met, unshrunk ones that look alike included. */
  readonly count: number;
}

/** What a batch is counted by. */
export interface Counted {
  readonly documents: number;
  readonly queries: number;
  readonly pairs: number;
  /** Searches that both sides refuse; and those that this engine refuses by name, which nothing is said about. */
  readonly failing: number;
  readonly unsupported: number;
}

export interface FuzzSuite extends Counted {
  readonly name: string;
  readonly batches: number;
  /** Batches without an answer of the server, by reason. */
  readonly unanswered: Readonly<Record<string, number>>;
}

export interface FuzzResult {
  readonly suites: readonly FuzzSuite[];
  readonly pairs: number;
  readonly differences: readonly FuzzDifference[];
  /** Differences about which the server could not be asked again, by reason: they may be of its last moments. */
  readonly unsure: Readonly<Record<string, number>>;
  /** Why the run ended before its time. */
  readonly ended?: string;
}

/** Asks a server; gives why it had no answer where it answers others. Throws what ends the run. */
export type Asking = <T>(ask: () => Promise<T>) => Promise<T | NoAnswer>;

const EMPTY: Omit<FuzzSuite, 'name'> = { batches: 0, documents: 0, queries: 0, pairs: 0, failing: 0, unsupported: 0, unanswered: {} }; // prettier-ignore

/** What a run has found so far: it stands whenever the run ends. */
export class Findings {
  readonly #suites = new Map<string, FuzzSuite>();
  readonly #kinds = new Map<string, FuzzDifference>();
  readonly #looks = new Set<string>();
  readonly #waiting: (() => Promise<FuzzDifference | undefined>)[] = [];
  /** Differences whose shrinking had no answer. */
  #lost = 0;

  /** Whether a difference waits to be made small. */
  get waits(): boolean {
    return this.#waiting.length > 0;
  }

  count(name: string, more: Partial<Counted>): void {
    const suite = this.#suite(name);
    const sum = (key: keyof Counted): number => suite[key] + (more[key] ?? 0);
    this.#suites.set(name, {
      ...suite,
      batches: suite.batches + 1,
      documents: sum('documents'),
      queries: sum('queries'),
      pairs: sum('pairs'),
      failing: sum('failing'),
      unsupported: sum('unsupported'),
    });
  }

  countUnanswered(name: string, { message }: NoAnswer): void {
    const suite = this.#suite(name);
    const unanswered = { ...suite.unanswered, [message]: (suite.unanswered[message] ?? 0) + 1 };
    this.#suites.set(name, { ...suite, unanswered });
  }

  #suite(name: string): FuzzSuite {
    return this.#suites.get(name) ?? { ...EMPTY, name };
  }

  /** Keeps the first difference of a kind, or the one that is `better` than it, and counts the others. */
  add(difference: FuzzDifference, better: (kept: FuzzDifference) => boolean = () => false): void {
    const kept = this.#kinds.get(difference.kind);
    const shown = kept === undefined || better(kept) ? difference : kept;
    this.#kinds.set(difference.kind, { ...shown, count: (kept?.count ?? 0) + difference.count });
  }

  /** Has a difference made small later, unless one that looks the same was seen. */
  wait(look: string, shrink: () => Promise<FuzzDifference | undefined>): void {
    if (this.#looks.has(look)) return;
    this.#looks.add(look);
    this.#waiting.push(shrink);
  }

  async shrinkNext(asking: Asking): Promise<void> {
    const shrink = this.#waiting.shift();
    if (shrink === undefined) return;
    this.#lost++;
    const small = await asking(shrink);
    if (small instanceof NoAnswer) return;
    this.#lost--;
    if (small !== undefined) this.add(small);
  }

  result(ended: string | undefined): FuzzResult {
    const suites = [...this.#suites.values()];
    const unsure: Record<string, number> = {};
    const lost = this.#lost + (ended === undefined ? 0 : this.#waiting.length);
    if (lost > 0) unsure['the server gave no answer when it was asked about them again'] = lost;
    if (ended === undefined && this.waits) unsure['there was no time to ask about them again'] = this.#waiting.length;
    return {
      suites,
      pairs: suites.reduce((sum, suite) => sum + suite.pairs, 0),
      differences: [...this.#kinds.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1)),
      unsure,
      ...(ended === undefined ? {} : { ended }),
    };
  }
}
