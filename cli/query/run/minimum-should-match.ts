import { parseDecimal } from '../../fields/java-numbers/parse-decimal.ts';
import { javaTrim } from '../../text/java-trim.ts';
import { ClauseFailure } from '../failure.ts';

/**
 * How many of `total` optional clauses have to match: a number, a negative number (that many may fail), a percentage
 * (truncated), or conditions such as `2<75%` (elasticsearch: server/.../common/lucene/search/Queries.java
 * calculateMinShouldMatch). Zero means that the option is not set. Only what the number of clauses asks for is read, so that
 * the rest of a text may be anything; what is read and is no number throws a ClauseFailure.
 */
export function minimumShouldMatch(total: number, spec: string | number): number {
  if (typeof spec === 'number' && (spec | 0) === spec) return Math.max(0, spec < 0 ? total + spec : spec);
  const text = javaTrim(String(spec));
  if (text.includes('<')) {
    let result = total;
    for (const condition of text.replace(/[ \t\n\v\f\r]*<[ \t\n\v\f\r]*/g, '<').split(' ')) {
      const [bound = '', inner] = condition.split('<');
      if (total <= integer(bound, spec)) return result;
      if (inner === undefined) throw unreadable(spec);
      result = minimumShouldMatch(total, inner);
    }
    return result;
  }
  if (text.includes('%')) {
    // A float of 32 bits, as Java computes it
    const part = Math.fround(Math.fround(total * integer(text.slice(0, -1), spec)) * Math.fround(0.01));
    return Math.max(0, part < 0 ? total + Math.trunc(part) : Math.trunc(part));
  }
  const count = integer(text, spec);
  return Math.max(0, count < 0 ? total + count : count);
}

function integer(text: string, spec: string | number): number {
  // Digits of any script, as Java's Integer.parseInt takes them
  const number = /^[+-]?\p{Nd}+$/u.test(text) ? Number(parseDecimal(text)?.whole) : NaN;
  if (number >= -(2 ** 31) && number < 2 ** 31) return number;
  throw unreadable(spec);
}

const unreadable = (spec: string | number): ClauseFailure =>
  new ClauseFailure(`minimum_should_match "${spec}" is no number, percentage or condition such as "2<75%"`, {
    why: 'Elasticsearch refuses the search',
  });
