import type { Check } from './check.ts';
import { attackChecks } from './checks/attack.ts';
import { collectionChecks } from './checks/collection.ts';
import { guideChecks } from './checks/guide.ts';
import { metadataChecks } from './checks/metadata.ts';
import { queryChecks } from './checks/query.ts';
import { ruleChecks } from './checks/rule.ts';
import { tagChecks } from './checks/tags.ts';
import { timingChecks } from './checks/timing.ts';

/** Every check there is. Adding one means its file, its page, and a place in this list. */
export const checks: readonly Check[] = [
  ...ruleChecks,
  ...metadataChecks,
  ...timingChecks,
  ...attackChecks,
  ...tagChecks,
  ...guideChecks,
  ...queryChecks,
  ...collectionChecks,
];

/** Ids that do not come from a check but from reading: of files, TOML, schemas, queries, suites. */
export const readingIds: readonly string[] = [
  'file/not-text', 'file/too-large', 'toml/syntax', 'toml/duplicate-key', 'schema/unknown-key', 'schema/missing-key',
  'schema/wrong-type', 'schema/bad-value', 'query/syntax', 'query/unknown-field', 'query/unknown-function',
  'query/wrong-arguments', 'query/type-mismatch', 'query/field-not-usable', 'query/not-plannable', 'query/unsupported',
  'query/fails', 'query/pattern-in-constant', 'query/until-missing', 'query/quoted-wildcard', 'suite/missing',
  'suite/missing-positive', 'suite/missing-negative', 'suite/unused-file', 'suite/unknown-case', 'suite/no-kind',
  'suite/unset-missing', 'suite/duplicate-case', 'suite/no-rule', 'events/json-syntax', 'events/not-text', 'events/empty',
  'events/not-an-object', 'events/not-readable', 'events/too-large',
]; // prettier-ignore
