/**
 * How many of `total` optional clauses have to match: a number, a negative number (that many may fail), a percentage
 * (truncated), or conditions such as `2<75%` (elasticsearch: server/.../common/lucene/search/Queries.java
 * calculateMinShouldMatch). Zero or less means that the option is not set.
 */
export function minimumShouldMatch(total: number, spec: string | number): number {
  const text = String(spec).trim();
  if (text.includes('<')) {
    let result = total;
    for (const condition of text.replace(/\s*<\s*/g, '<').split(/\s+/)) {
      const [bound = '', inner = ''] = condition.split('<');
      if (total <= Number(bound)) return result;
      result = minimumShouldMatch(total, inner);
    }
    return result;
  }
  let result: number;
  if (text.endsWith('%')) {
    const percent = Number(text.slice(0, -1));
    const part = Math.trunc((total * percent) / 100);
    result = part < 0 || Object.is(part, -0) || percent < 0 ? total + part : part;
  } else {
    const count = Number(text);
    result = count < 0 ? total + count : count;
  }
  return result < 0 ? 0 : result;
}
