import { cover, span } from '../../text/span.ts';
import { suggest } from '../../text/suggest.ts';
import type { Duration, FieldRef, Join, Sample, Sequence, SequenceTerm } from './ast.ts';
import { parseExpression } from './parse-expression.ts';
import { parseEvent } from './parse-statement.ts';
import { didYouMean, unexpected } from './parse-unexpected.ts';
import { describe, type ParserState } from './parser-state.ts';

type Construct = 'sequence' | 'sample' | 'join';

function parseKeys(state: ParserState): readonly FieldRef[] {
  const keys: FieldRef[] = [];
  do {
    const key = state.attempt(() => parseExpression(state));
    if (key === undefined) {
      state.skipTo([',', '[', '![', 'with', 'until', '|']);
      continue;
    }
    if (key.kind === 'field') keys.push(key);
    else if (key.kind !== 'broken')
      state.report(
        key.span,
        'a join key has to be a field',
        'compute nothing in "by"; compare inside the terms instead',
      );
  } while (state.accept(',') !== undefined);
  return keys;
}

const UNITS = ['ms', 's', 'm', 'h', 'd'] as const;

/** `=` and a duration behind `maxspan`; undefined where it is faulty, which has been reported. */
function parseDuration(state: ParserState): Duration | undefined {
  if (state.is('-')) {
    state.report(state.next(), 'maxspan has to be positive', 'write maxspan=5m');
    if (state.peek().kind === 'integer') parseDuration(state);
    return undefined;
  }
  const amount = state.peek();
  if (amount.kind !== 'integer' && amount.kind !== 'decimal') {
    state.report(
      amount,
      `a duration is expected, not ${describe(amount)}`,
      'write maxspan=30s; the units are ms s m h d',
    );
    if (amount.kind === 'string' || amount.kind === 'identifier') state.next();
    return undefined;
  }
  state.next();
  const token = state.peek();
  const unit =
    token.kind === 'identifier' && !state.is('by') && !state.is('until') && !state.is('with')
      ? state.next()
      : undefined;
  const where = span(amount.start, (unit ?? amount).end);
  const known = UNITS.find((one) => one === unit?.text);
  if (amount.kind === 'decimal')
    state.report(
      where,
      `${amount.text}${unit?.text ?? ''} is not a whole number of units`,
      'take a smaller unit: 2.5m is 150s',
    );
  else if (unit === undefined)
    state.report(
      where,
      `the duration ${amount.text} has no unit`,
      `write ${amount.text}s for seconds; the units are ms s m h d`,
    );
  else if (known === undefined)
    state.report(
      unit,
      `"${unit.text}" is not a unit of time`,
      'the units are ms s m h d',
      didYouMean(suggestUnit(unit.text)),
    );
  else if (Number(amount.text) === 0) state.report(where, 'maxspan has to be positive', 'write maxspan=5m');
  else if (!Number.isSafeInteger(Number(amount.text)))
    state.report(where, `the duration ${amount.text.slice(0, 30)}${known} is too long`, 'write maxspan=30d');
  else return { amount: Number(amount.text), unit: known, span: where };
  return undefined;
}

/** `min`, `sec` and `hours` begin with their unit; `millis` with two. */
const suggestUnit = (word: string): string | undefined =>
  /^mi?l?l?i?s(?:ec|$)/i.test(word) || /^milli/i.test(word)
    ? 'ms'
    : UNITS.find((one) => one === word[0]?.toLowerCase());

interface Head {
  by: readonly FieldRef[];
  maxspan?: Duration;
}

/** `by …` and `with maxspan=…`, in this order. */
function parseHead(state: ParserState, construct: Construct): Head {
  const head: Head = { by: [] };
  if (state.accept('by')) head.by = parseKeys(state);
  if (!state.is('with')) return head;
  const word = state.next();
  if (construct !== 'sequence') {
    state.report(word, `a ${construct} has no "with"`, 'it is not bounded in time; take it out');
    state.skipTo(['[', '![', '|']);
    return head;
  }
  if (!state.is('maxspan')) {
    const found = state.peek();
    const meant = found.kind === 'identifier' ? suggest(found.text, ['maxspan']) : undefined;
    state.report(
      found,
      `"maxspan" is expected behind "with", not ${describe(found)}`,
      'write: sequence by key with maxspan=5m',
      didYouMean(meant),
    );
    state.skipTo(['[', '![', '|']);
    return head;
  }
  state.next();
  if (state.accept('=') === undefined) {
    state.report(state.peek(), `"=" is expected behind "maxspan", not ${describe(state.peek())}`, 'write maxspan=5m');
    if (state.is('==')) state.next();
  }
  const duration = parseDuration(state);
  if (duration !== undefined) head.maxspan = duration;
  if (state.is('by')) {
    state.report(state.next(), '"by" has to stand before "with"', 'write: sequence by key with maxspan=5m [ … ] [ … ]');
    head.by = parseKeys(state);
  }
  return head;
}

const MAX_RUNS = 100;

/** `with runs=N` behind a term; 1 where there is none. */
function parseRuns(state: ParserState, construct: Construct): number {
  if (!state.is('with')) return 1;
  const start = state.next();
  const option = state.peek();
  if (!state.is('runs')) {
    const meant = option.kind === 'identifier' ? (suggest(option.text, ['runs']) ?? undefined) : undefined;
    state.report(
      option,
      option.text === 'maxspan'
        ? '"with maxspan" stands before the first term'
        : `"runs" is expected behind "with", not ${describe(option)}`,
      option.text === 'maxspan' ? 'write: sequence by key with maxspan=5m [ … ] [ … ]' : 'write: with runs=3',
      didYouMean(meant),
    );
    state.skipTo(['[', '![', 'until', '|']);
    return 1;
  }
  state.next();
  if (state.accept('=') === undefined) {
    state.report(state.peek(), `"=" is expected behind "runs", not ${describe(state.peek())}`, 'write: with runs=3');
    if (state.is('==')) state.next();
  }
  const count = state.peek();
  if (count.kind === 'integer' || count.kind === 'decimal' || count.kind === 'string') state.next();
  const where = cover(start, state.previous);
  if (count.kind !== 'integer') {
    state.report(count, `a whole number is expected, not ${describe(count)}`, 'write: with runs=3');
    return 1;
  }
  if (construct === 'sample') state.report(where, 'a term of a sample cannot have runs', 'repeat the term');
  const runs = Number(count.text);
  if (runs >= 1 && runs <= MAX_RUNS) return runs;
  state.report(
    where,
    `runs has to be from 1 to ${MAX_RUNS}, not ${count.text.slice(0, 20)}`,
    'a higher count needs a threshold rule',
  );
  return 1;
}

function parseTerm(state: ParserState, construct: Construct): SequenceTerm {
  const open = state.next();
  const missing = open.text === '![';
  const filter = parseEvent(state, [']']);
  if (state.accept(']') === undefined) {
    if (state.peek().kind === 'end') state.report(open, 'the bracket is not closed', 'close the term with ]');
    else unexpected(state, state.peek());
    state.skipTo([']']);
    state.accept(']');
  }
  const by = state.accept('by') ? parseKeys(state) : [];
  const runs = parseRuns(state, construct);
  if (missing && construct === 'sample')
    state.report(
      open,
      'a sample has no missing events',
      'a sample asks for events that are there; use a sequence with maxspan',
    );
  return { kind: 'term', missing, filter, by, runs, span: span(open.start, state.previous.end) };
}

/** Terms in brackets; what stands between them is reported and left out. */
function parseTerms(state: ParserState, construct: Construct): SequenceTerm[] {
  const terms: SequenceTerm[] = [];
  for (;;) {
    if (state.is('[') || state.is('![')) {
      terms.push(parseTerm(state, construct));
      continue;
    }
    const token = state.peek();
    if (token.kind === 'end' || state.is('|') || state.is('until')) return terms;
    state.report(
      token,
      `${describe(token)} is not expected here`,
      token.text === 'fork'
        ? 'fork is gone; overlapping sequences are always found'
        : token.text === 'where' && terms.length === 0
          ? `a category that is a keyword takes double quotes: "${construct}" where …`
          : `a ${construct} consists of terms in brackets${construct === 'sample' ? '' : ', then "until"'} and pipes`,
    );
    state.skipTo(['[', '![', 'until', '|']);
  }
}

function parseUntil(state: ParserState): SequenceTerm | undefined {
  if (state.accept('until') === undefined) return undefined;
  if (state.is('[') || state.is('![')) return parseTerm(state, 'sequence');
  state.report(
    state.peek(),
    `"until" needs a term in brackets, not ${describe(state.peek())}`,
    'write: until [category where condition]',
  );
  state.skipTo(['|']);
  return undefined;
}

/** All terms have as many keys as the first. */
function checkKeys(state: ParserState, by: readonly FieldRef[], terms: readonly SequenceTerm[]): void {
  const expected = by.length + (terms[0]?.by.length ?? 0);
  for (const term of terms) {
    const found = by.length + term.by.length;
    const [first, last] = [term.by[0], term.by.at(-1)];
    if (found !== expected)
      state.report(
        first === undefined || last === undefined
          ? span(term.span.end - 1, term.span.end)
          : cover(first.span, last.span),
        `this term has ${found} join key${found === 1 ? '' : 's'}, the first one has ${expected}`,
        'give every term, and "until", the same number of keys',
      );
  }
}

/** Stages of a sequence, `runs` multiplied and "until" counted (elasticsearch: LogicalPlanBuilder.java, visitSequence). */
const MAX_STAGES = 256;

export function parseSequence(state: ParserState): Sequence {
  const word = state.next();
  const { by, maxspan } = parseHead(state, 'sequence');
  const terms = parseTerms(state, 'sequence');
  const until = parseUntil(state);
  checkKeys(state, by, until === undefined ? terms : [...terms, until]);
  const stages = terms.reduce((sum, term) => sum + term.runs, 0);
  if (terms.length === 0)
    state.report(word, 'the sequence has no terms', 'write at least two: sequence [a where …] [b where …]');
  else if (stages < 2)
    state.report(
      word,
      'a sequence needs at least two events',
      'add a term, or say "with runs=2" behind the one that is there',
    );
  const all = stages + (until?.runs ?? 0);
  if (all > MAX_STAGES)
    state.report(
      word,
      `the sequence has ${all} terms, ${MAX_STAGES} are allowed`,
      'each run counts as a term, and so does "until"; a higher count needs a threshold rule',
    );
  const missing = terms.filter((term) => term.missing);
  const [first] = missing;
  if (first !== undefined && maxspan === undefined)
    state.report(
      span(first.span.start, first.span.start + 2),
      'a missing event needs a maxspan',
      'say how long to wait for it: sequence with maxspan=5m …',
    );
  if (missing.length > 0 && missing.length === terms.length)
    state.report(word, 'all terms of the sequence are missing events', 'at least one event has to be there');
  return {
    kind: 'sequence',
    by,
    ...(maxspan === undefined ? {} : { maxspan }),
    terms,
    ...(until === undefined ? {} : { until }),
    span: span(word.start, state.previous.end),
  };
}

/** Elasticsearch refuses larger samples (elasticsearch: LogicalPlanBuilder.java, MAX_SAMPLE_QUERIES). */
const MAX_SAMPLE_TERMS = 5;

/** A field may be a key of a term once only, unlike in a sequence (elasticsearch: LogicalPlanBuilder.java, visitSample). */
function checkKeysOnce(state: ParserState, by: readonly FieldRef[], terms: readonly SequenceTerm[]): void {
  const repeated = (keys: readonly FieldRef[], from: number): FieldRef | undefined =>
    keys.find((key, at) => at >= from && keys.findIndex(({ name }) => name === key.name) < at);
  const report = (key: FieldRef): void =>
    state.report(key.span, `${key.name} is a key of this sample twice`, 'a sample takes each field once; take one out');
  const shared = repeated(by, 0);
  if (shared !== undefined) return report(shared);
  for (const term of terms) {
    const key = repeated([...by, ...term.by], by.length);
    if (key !== undefined) report(key);
  }
}

export function parseSample(state: ParserState): Sample {
  const word = state.next();
  const { by } = parseHead(state, 'sample');
  const terms = parseTerms(state, 'sample');
  if (state.is('until')) {
    state.report(state.peek(), 'a sample has no "until"', 'samples are not ordered in time; take it out');
    state.skipTo(['|']);
  }
  const keys = by.length + (terms[0]?.by.length ?? 0);
  const sixth = terms[MAX_SAMPLE_TERMS];
  if (terms.length < 2)
    state.report(word, 'a sample needs at least two terms', 'write: sample by key [a where …] [b where …]');
  else if (keys === 0)
    state.report(word, 'a sample needs at least one join key', 'write: sample by host.id [a where …] [b where …]');
  if (sixth !== undefined)
    state.report(
      span(sixth.span.start, sixth.span.start + 1),
      `the sample has ${terms.length} terms, ${MAX_SAMPLE_TERMS} are allowed`,
      'join conditions on one event with "and", or write two rules',
    );
  checkKeys(state, by, terms);
  checkKeysOnce(state, by, terms);
  return { kind: 'sample', by, terms, span: span(word.start, state.previous.end) };
}

export function parseJoin(state: ParserState): Join {
  const word = state.next();
  const { by } = parseHead(state, 'join');
  const terms = parseTerms(state, 'join');
  const until = parseUntil(state);
  return {
    kind: 'join',
    by,
    terms,
    ...(until === undefined ? {} : { until }),
    span: span(word.start, state.previous.end),
  };
}
