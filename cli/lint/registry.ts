import type { Check, IdEntry } from './check.ts';
import { check as attackName } from './checks/attack/name.ts';
import { check as attackReference } from './checks/attack/reference.ts';
import { check as attackRevoked } from './checks/attack/revoked.ts';
import { check as attackSubtechniqueParent } from './checks/attack/subtechnique-parent.ts';
import { check as attackTacticTag } from './checks/attack/tactic-tag.ts';
import { check as attackTechniqueTactic } from './checks/attack/technique-tactic.ts';
import { check as attackUnknownId } from './checks/attack/unknown-id.ts';
import { check as guidePlaceholder } from './checks/guide/placeholder.ts';
import { check as guideSections } from './checks/guide/sections.ts';
import { check as metadataDateFuture } from './checks/metadata/date-future.ts';
import { check as metadataDateInvalid } from './checks/metadata/date-invalid.ts';
import { check as metadataDateOrder } from './checks/metadata/date-order.ts';
import { check as metadataDeprecationDate } from './checks/metadata/deprecation-date.ts';
import { check as metadataMinStackComments } from './checks/metadata/min-stack-comments.ts';
import { check as queryDuplicate } from './checks/query/duplicate.ts';
import { check as ruleFileName } from './checks/rule/file-name.ts';
import { check as ruleIdFormat } from './checks/rule/id-format.ts';
import { check as ruleIndexAndDataView } from './checks/rule/index-and-data-view.ts';
import { check as ruleIndexMissing } from './checks/rule/index-missing.ts';
import { check as ruleMaxSignals } from './checks/rule/max-signals.ts';
import { check as ruleNameFormat } from './checks/rule/name-format.ts';
import { check as ruleReferenceUrl } from './checks/rule/reference-url.ts';
import { check as ruleSeverityRiskScore } from './checks/rule/severity-risk-score.ts';
import { check as ruleUniqueFileName } from './checks/rule/unique-file-name.ts';
import { check as ruleUniqueId } from './checks/rule/unique-id.ts';
import { check as ruleUniqueName } from './checks/rule/unique-name.ts';
import { check as ruleVersionPresent } from './checks/rule/version-present.ts';
import { check as tagsDataSource } from './checks/tags/data-source.ts';
import { check as tagsDuplicate } from './checks/tags/duplicate.ts';
import { check as tagsFormat } from './checks/tags/format.ts';
import { check as tagsInvestigationGuide } from './checks/tags/investigation-guide.ts';
import { check as tagsRequired } from './checks/tags/required.ts';
import { check as timingFromFormat } from './checks/timing/from-format.ts';
import { check as timingGap } from './checks/timing/gap.ts';
import { check as timingLookbackShort } from './checks/timing/lookback-short.ts';
import { readings } from './readings.ts';

/** Every check there is. Adding one means its file, its test, its page, and a place in this list. */
export const checks: readonly Check[] = [
  attackName, attackReference, attackRevoked, attackSubtechniqueParent, attackTacticTag, attackTechniqueTactic,
  attackUnknownId, guidePlaceholder, guideSections, metadataDateFuture, metadataDateInvalid, metadataDateOrder,
  metadataDeprecationDate, metadataMinStackComments, queryDuplicate, ruleFileName, ruleIdFormat, ruleIndexAndDataView,
  ruleIndexMissing, ruleMaxSignals, ruleNameFormat, ruleReferenceUrl, ruleSeverityRiskScore, ruleUniqueFileName,
  ruleUniqueId, ruleUniqueName, ruleVersionPresent, tagsDataSource, tagsDuplicate, tagsFormat, tagsInvestigationGuide,
  tagsRequired, timingFromFormat, timingGap, timingLookbackShort,
]; // prettier-ignore

/** Every id that a finding can have: those of the checks, and those that arise from reading. Sorted. */
export const ids: readonly IdEntry[] = [...checks, ...readings]
  .map(({ id, severity, summary }) => ({ id, severity, summary }))
  .sort((a, b) => (a.id < b.id ? -1 : 1));
