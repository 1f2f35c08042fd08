import { compareVersions } from '../../../fields/version.ts';
import type { IndexedValue } from '../../../fields/values/indexed.ts';
import { compareTerms } from '../leaf/terms.ts';
import type { KeyValues } from '../sequence/join-keys.ts';
import type { JoinKey } from '../sequence/plan.ts';

/**
 * Order of the keys of a sample, that of a composite aggregation: null first, then values as the index sorts them, which
 * is by type (elasticsearch: server/.../aggregations/bucket/composite/).
 */
export function compareBuckets(keys: readonly JoinKey[]): (a: KeyValues, b: KeyValues) => number {
  const orders = keys.map(({ field }) => {
    const text = field?.type === 'version' ? compareVersions : compareTerms;
    return (a: IndexedValue, b: IndexedValue): number =>
      typeof a === 'string' && typeof b === 'string' ? text(a, b) : a < b ? -1 : a > b ? 1 : 0;
  });
  return (a, b) => {
    for (const [i, order] of orders.entries()) {
      const [left = null, right = null] = [a[i], b[i]];
      if (left === right) continue;
      if (left === null || right === null) return left === null ? -1 : 1;
      const found = order(left, right);
      if (found !== 0) return found;
    }
    return 0;
  };
}
