import { QueryFailure } from '../../failure.ts';
import { compareHits, type Hit } from './hit.ts';
import { exceeds } from './instant.ts';
import { compareKeys, compileJoinKeys, keyIdentity, type KeyValue, type KeyValues } from './join-keys.ts';
import { latestBefore, noteMissing, survives, type LastMissing } from './missing-events.ts';
import type { SequencePlan } from './plan.ts';

/** A sequence that is under way: the last event and what it followed. Shared between candidates, never changed. */
export interface Candidate {
  readonly hit: Hit;
  /** Index of the stage that `hit` filled. */
  readonly stage: number;
  readonly previous: Candidate | undefined;
  readonly first: Hit;
  /** The latest event of a leading missing stage. */
  readonly leading: Hit | undefined;
  /** An event of a missing stage that lies between two events of the candidate. */
  readonly between: MissingHit | undefined;
}

/** An event that had to be missing, and its stage. */
export interface MissingHit {
  readonly hit: Hit;
  readonly stage: number;
}

/** A complete sequence. */
export interface SequenceMatch {
  readonly key: KeyValues;
  /** One for each stage; undefined where a missing event has its place. */
  readonly hits: readonly (Hit | undefined)[];
}

/** Why a candidate did not become a sequence, or did not go on with an event that fits the next stage. */
export type Rejection =
  | { readonly kind: 'maxspan'; readonly hit: Hit; readonly stage: number }
  | { readonly kind: 'until'; readonly hit: Hit }
  | { readonly kind: 'missing'; readonly hit: Hit; readonly stage: number };

/** Is told what happens; for explanations. Costs nothing when it is not there. */
export interface MatchObserver {
  reached(candidate: Candidate, key: KeyValues): void;
  rejected(candidate: Candidate, key: KeyValues, why: Rejection): void;
}

interface Complete {
  readonly match: SequenceMatch;
  readonly last: Hit;
}

/** What is under way for one key. */
interface KeyState {
  readonly key: KeyValues;
  /** By positive stage. One is enough: the latest candidate is taken, and the older ones at its stage are forgotten. */
  readonly waiting: (Candidate | undefined)[];
  /** By stage, of missing stages. */
  readonly missing: (LastMissing | undefined)[];
  /** Complete but for the trailing missing stages, in the order of their last events and so of their first. */
  readonly pending: Candidate[];
  /** How many are kept before those that maxspan has passed are looked for. */
  settleAt: number;
  /** Milliseconds of the latest event that changed anything. */
  touched: number;
}

/** Keys that are kept before the dead ones among them are looked for. */
const SWEEP_FROM = 1024;
const SETTLE_FROM = 64;
/** For sequences without missing events, which never add to it. */
const NOTHING: never[] = [];

/**
 * Elasticsearch's sequence matcher, event by event (elasticsearch: x-pack/plugin/eql/.../execution/sequence/
 * SequenceMatcher.java). Elasticsearch runs stage after stage over all hits of a window; taking later stages before
 * earlier ones for each event gives the same, and needs only what maxspan can still reach in memory.
 *
 * Hits have to be pushed in the order of `compareHits`.
 */
export class SequenceMatcher {
  readonly #plan: SequencePlan;
  readonly #observer: MatchObserver | undefined;
  readonly #keysOf: readonly ReturnType<typeof compileJoinKeys>[];
  readonly #untilKeys: ReturnType<typeof compileJoinKeys> | undefined;
  readonly #states = new Map<KeyValue, KeyState>();
  readonly #complete: Complete[] = [];
  /** By stage. */
  readonly #missingStage: readonly boolean[];
  /** By stage: the positive stage before it, or -1. */
  readonly #before: readonly number[];
  readonly #first: number;
  readonly #last: number;
  readonly #ends: { readonly leading: boolean; readonly trailing: boolean };
  readonly #anyMissing: boolean;
  /** Stages of each term, latest first. */
  readonly #stagesOf: readonly (readonly number[])[];
  #sweepAt = SWEEP_FROM;
  /** The first event of the whole search that opened a candidate. */
  #opening: Hit | undefined;

  constructor(plan: SequencePlan, observer?: MatchObserver) {
    this.#plan = plan;
    this.#observer = observer;
    this.#keysOf = plan.terms.map((term) => compileJoinKeys(term.keys));
    this.#untilKeys = plan.until === undefined ? undefined : compileJoinKeys(plan.until.keys);
    this.#missingStage = plan.stages.map((term) => plan.terms[term]?.missing === true);
    const positive = plan.stages.map((_, stage) => stage).filter((stage) => this.#missingStage[stage] === false);
    this.#first = positive[0] ?? 0;
    this.#last = positive.at(-1) ?? 0;
    this.#before = plan.stages.map((_, stage) => positive.filter((one) => one < stage).at(-1) ?? -1);
    this.#ends = { leading: this.#first > 0, trailing: this.#last < plan.stages.length - 1 };
    this.#anyMissing = this.#missingStage.includes(true);
    this.#stagesOf = plan.terms.map((_, term) =>
      plan.stages
        .map((_one, stage) => stage)
        .filter((stage) => plan.stages[stage] === term)
        .reverse(),
    );
  }

  /** Keys that are held in memory. */
  get keys(): number {
    return this.#states.size;
  }

  push(hit: Hit): void {
    const { terms, event } = hit;
    // Later stages first: an event must not follow itself.
    for (let i = terms.length - 1; i >= 0; i--) {
      const term = terms[i] ?? 0;
      const stages = this.#stagesOf[term];
      if (stages === undefined) continue;
      const keys = this.#keysOf[term]?.(event) ?? [];
      for (const key of keys) {
        const id = keyIdentity(key);
        for (const stage of stages) {
          if (this.#missingStage[stage] === true) this.#missingEvent(stage, key, id, hit);
          else if (stage === this.#first) this.#start(key, id, hit);
          else this.#advance(stage, id, hit);
        }
      }
    }
    // The search for "until" begins behind the first event of the first page (elasticsearch: x-pack/plugin/eql/.../execution/
    // sequence/TumblingWindow.java, boxQuery and setupWindowFromTail: search_after leaves that event out). Pages have a
    // thousand events; the same holds for the first of each, from the latest page back, which is not followed here.
    if (terms[terms.length - 1] === this.#plan.terms.length && hit !== this.#opening) this.#until(hit);
  }

  /** The sequences found, by the place of their last event, then by key. Nothing can be pushed after this. */
  finish(): readonly SequenceMatch[] {
    for (const state of this.#states.values()) this.#settle(state);
    this.#states.clear();
    return this.#complete
      .sort((a, b) => compareHits(a.last, b.last) || compareKeys(a.match.key, b.match.key))
      .map(({ match }) => match);
  }

  #state(key: KeyValues, id: KeyValue, hit: Hit): KeyState {
    let state = this.#states.get(id);
    if (state === undefined) {
      if (this.#states.size >= this.#sweepAt) this.#sweep(hit.at.ms);
      state = {
        key,
        waiting: [],
        missing: this.#anyMissing ? [] : NOTHING,
        pending: this.#ends.trailing ? [] : NOTHING,
        settleAt: SETTLE_FROM,
        touched: 0,
      };
      this.#states.set(id, state);
    }
    state.touched = hit.at.ms;
    return state;
  }

  /** Forgets keys whose latest event lies farther back than maxspan: nothing can come of them any more. */
  #sweep(now: number): void {
    const { maxspan } = this.#plan;
    if (maxspan !== undefined)
      for (const [id, state] of this.#states)
        if (now - state.touched > maxspan) {
          this.#settle(state);
          this.#states.delete(id);
        }
    this.#sweepAt = Math.max(SWEEP_FROM, this.#states.size * 2);
  }

  #start(key: KeyValues, id: KeyValue, hit: Hit): void {
    this.#opening ??= hit;
    const state = this.#state(key, id, hit);
    let leading: Hit | undefined;
    for (let stage = 0; stage < this.#first; stage++) {
      const found = latestBefore(state.missing[stage], hit.at);
      if (found !== undefined && (leading === undefined || compareHits(leading, found) < 0)) leading = found;
    }
    const stage = this.#first;
    this.#reach(state, { hit, stage, previous: undefined, first: hit, leading, between: undefined });
  }

  #advance(stage: number, id: KeyValue, hit: Hit): void {
    const state = this.#states.get(id);
    const before = this.#before[stage] ?? -1;
    const previous = state?.waiting[before];
    if (state === undefined || previous === undefined) return;
    state.waiting[before] = undefined;
    const { first, leading } = previous;
    const { maxspan } = this.#plan;
    if (maxspan !== undefined && exceeds(first.at, hit.at, maxspan)) {
      this.#observer?.rejected(previous, state.key, { kind: 'maxspan', hit, stage });
      return;
    }
    state.touched = hit.at.ms;
    let { between } = previous;
    for (let gap = before + 1; gap < stage && between === undefined; gap++) {
      const found = latestBefore(state.missing[gap], hit.at);
      if (found !== undefined && found.at.ms > previous.hit.at.ms) between = { hit: found, stage: gap };
    }
    this.#reach(state, { hit, stage, previous, first, leading, between });
  }

  #reach(state: KeyState, candidate: Candidate): void {
    this.#observer?.reached(candidate, state.key);
    if (candidate.stage === this.#last) this.#completed(state, candidate);
    else state.waiting[candidate.stage] = candidate;
  }

  #completed(state: KeyState, candidate: Candidate): void {
    if (this.#anyMissing && state.key.includes(null)) throw this.#nullKey(state.key);
    if (candidate.between !== undefined)
      this.#observer?.rejected(candidate, state.key, { kind: 'missing', ...candidate.between });
    else if (this.#ends.trailing) this.#wait(state, candidate);
    else this.#judge(state, candidate, undefined);
  }

  #judge(state: KeyState, candidate: Candidate, trailing: MissingHit | undefined): void {
    const ends = {
      first: candidate.first.at,
      last: candidate.hit.at,
      leading: candidate.leading?.at,
      trailing: trailing?.hit.at,
    };
    if (survives(ends, this.#ends, this.#plan.maxspan ?? Infinity)) {
      const hits = new Array<Hit | undefined>(this.#plan.stages.length).fill(undefined);
      for (let part: Candidate | undefined = candidate; part !== undefined; part = part.previous)
        hits[part.stage] = part.hit;
      this.#complete.push({ match: { key: state.key, hits }, last: candidate.hit });
      return;
    }
    const why = trailing ?? { hit: candidate.leading ?? candidate.first, stage: 0 };
    this.#observer?.rejected(candidate, state.key, { kind: 'missing', ...why });
  }

  /** Keeps a candidate until a trailing event comes, or until none that comes can be near enough. */
  #wait(state: KeyState, candidate: Candidate): void {
    const { pending } = state;
    pending.push(candidate);
    if (pending.length < state.settleAt) return;
    const now = candidate.hit.at;
    this.#judgeFirst(state, ({ first }) => exceeds(first.at, now, this.#plan.maxspan ?? Infinity), undefined);
    state.settleAt = Math.max(SETTLE_FROM, pending.length * 2);
  }

  /** The rest of the search holds no trailing event for these. */
  #settle(state: KeyState): void {
    this.#judgeFirst(state, () => true, undefined);
  }

  /** Judges the pending candidates from the first on, as long as they are meant. */
  #judgeFirst(state: KeyState, meant: (candidate: Candidate) => boolean, trailing: MissingHit | undefined): void {
    let count = 0;
    for (const candidate of state.pending) {
      if (!meant(candidate)) break;
      this.#judge(state, candidate, trailing);
      count++;
    }
    if (count > 0) state.pending.splice(0, count);
  }

  #missingEvent(stage: number, key: KeyValues, id: KeyValue, hit: Hit): void {
    const state = stage < this.#first ? this.#state(key, id, hit) : this.#states.get(id);
    if (state === undefined) return;
    state.touched = hit.at.ms;
    if (stage < this.#last) state.missing[stage] = noteMissing(state.missing[stage], hit);
    // An event of the same millisecond as the last one is not behind it.
    else this.#judgeFirst(state, (candidate) => candidate.hit.at.ms < hit.at.ms, { hit, stage });
  }

  /** Ends what is under way: for the events that follow, nothing of it is there. */
  #until(hit: Hit): void {
    for (const key of this.#untilKeys?.(hit.event) ?? []) {
      const state = this.#states.get(keyIdentity(key));
      if (state === undefined) continue;
      for (const [stage, candidate] of state.waiting.entries()) {
        if (candidate === undefined) continue;
        this.#observer?.rejected(candidate, state.key, { kind: 'until', hit });
        state.waiting[stage] = undefined;
      }
    }
  }

  #nullKey(key: KeyValues): QueryFailure {
    const part = this.#plan.terms.find((term) => term.missing)?.keys[key.indexOf(null)];
    return new QueryFailure(`a sequence with a missing event has no value for its key ${part?.name ?? ''}`, {
      span: part?.span,
      why: 'Elasticsearch looks the key up in the missing term, refuses null there, and the whole search fails',
      help: 'take the "?" off the key, so that events without it take no part',
    });
  }
}
