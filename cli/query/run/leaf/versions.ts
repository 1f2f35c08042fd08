import { compareVersions } from '../../../fields/version.ts';
import type { Range, Scalar } from '../../algebra/query.ts';
import { scalarText } from '../../algebra/scalar-text.ts';
import type { ValueTest } from './value-test.ts';

export function versionEquality(value: Scalar): ValueTest {
  const wanted = scalarText(value);
  return (actual) => actual === wanted;
}

export function versionRange(clause: Range): ValueTest {
  const bound = (value: Scalar | undefined): string | undefined =>
    value === undefined || value === null ? undefined : scalarText(value);
  const [gt, gte, lt, lte] = [bound(clause.gt), bound(clause.gte), bound(clause.lt), bound(clause.lte)];
  return (actual) =>
    typeof actual === 'string' &&
    (gt === undefined || compareVersions(actual, gt) > 0) &&
    (gte === undefined || compareVersions(actual, gte) >= 0) &&
    (lt === undefined || compareVersions(actual, lt) < 0) &&
    (lte === undefined || compareVersions(actual, lte) <= 0);
}
