import type { Check, IdEntry } from './check.ts';
import { check as attackDuplicateTactic } from './checks/attack/duplicate-tactic.ts';
import { check as attackName } from './checks/attack/name.ts';
import { check as attackReference } from './checks/attack/reference.ts';
import { check as attackRevoked } from './checks/attack/revoked.ts';
import { check as attackSubtechniqueParent } from './checks/attack/subtechnique-parent.ts';
import { check as attackTacticTag } from './checks/attack/tactic-tag.ts';
import { check as attackTechniqueTactic } from './checks/attack/technique-tactic.ts';
import { check as attackUnknownId } from './checks/attack/unknown-id.ts';
import { check as guidePlaceholder } from './checks/guide/placeholder.ts';
import { check as guidePluginSyntax } from './checks/guide/plugin-syntax.ts';
import { check as guideRuleName } from './checks/guide/rule-name.ts';
import { check as guideSections } from './checks/guide/sections.ts';
import { check as guideSetupHeading } from './checks/guide/setup-heading.ts';
import { check as guideSetupTwice } from './checks/guide/setup-twice.ts';
import { check as guideTransformUnused } from './checks/guide/transform-unused.ts';
import { check as metadataDateFuture } from './checks/metadata/date-future.ts';
import { check as metadataDateInvalid } from './checks/metadata/date-invalid.ts';
import { check as metadataDateOrder } from './checks/metadata/date-order.ts';
import { check as metadataDeprecatedPlace } from './checks/metadata/deprecated-place.ts';
import { check as metadataDeprecationDate } from './checks/metadata/deprecation-date.ts';
import { check as metadataIntegrationIndex } from './checks/metadata/integration-index.ts';
import { check as metadataMinStackComments } from './checks/metadata/min-stack-comments.ts';
import { check as queryAlwaysTrue } from './checks/query/always-true.ts';
import { check as queryCaseIgnored } from './checks/query/case-ignored.ts';
import { check as queryContradiction } from './checks/query/contradiction.ts';
import { check as queryDuplicate } from './checks/query/duplicate.ts';
import { check as queryEsqlMetadata } from './checks/query/esql-metadata.ts';
import { check as queryFreeText } from './checks/query/free-text.ts';
import { check as queryHostOs } from './checks/query/host-os.ts';
import { check as queryIgnoreAbove } from './checks/query/ignore-above.ts';
import { check as queryImpossibleValue } from './checks/query/impossible-value.ts';
import { check as queryKeywordAsText } from './checks/query/keyword-as-text.ts';
import { check as queryLeadingWildcard } from './checks/query/leading-wildcard.ts';
import { check as queryLiteralQuestionMark } from './checks/query/literal-question-mark.ts';
import { check as queryNotOnList } from './checks/query/not-on-list.ts';
import { check as ruleExceptionListId } from './checks/rule/exception-list-id.ts';
import { check as ruleFileName } from './checks/rule/file-name.ts';
import { check as ruleIdFormat } from './checks/rule/id-format.ts';
import { check as ruleIndexAndDataView } from './checks/rule/index-and-data-view.ts';
import { check as ruleIndexMissing } from './checks/rule/index-missing.ts';
import { check as ruleMaxSignals } from './checks/rule/max-signals.ts';
import { check as ruleNameFormat } from './checks/rule/name-format.ts';
import { check as ruleReferenceUrl } from './checks/rule/reference-url.ts';
import { check as ruleSeverityRiskScore } from './checks/rule/severity-risk-score.ts';
import { check as ruleTimelinePair } from './checks/rule/timeline-pair.ts';
import { check as ruleUniqueFileName } from './checks/rule/unique-file-name.ts';
import { check as ruleUniqueId } from './checks/rule/unique-id.ts';
import { check as ruleUniqueName } from './checks/rule/unique-name.ts';
import { check as ruleVersionPresent } from './checks/rule/version-present.ts';
import { check as tagsCasing } from './checks/tags/casing.ts';
import { check as tagsDataSource } from './checks/tags/data-source.ts';
import { check as tagsDuplicate } from './checks/tags/duplicate.ts';
import { check as tagsFormat } from './checks/tags/format.ts';
import { check as tagsInvestigationGuide } from './checks/tags/investigation-guide.ts';
import { check as tagsMisspelt } from './checks/tags/misspelt.ts';
import { check as tagsOs } from './checks/tags/os.ts';
import { check as tagsRequired } from './checks/tags/required.ts';
import { check as tagsRuleType } from './checks/tags/rule-type.ts';
import { check as timingBuildingBlock } from './checks/timing/building-block.ts';
import { check as timingFromFormat } from './checks/timing/from-format.ts';
import { check as timingGap } from './checks/timing/gap.ts';
import { check as timingLookbackShort } from './checks/timing/lookback-short.ts';
import { check as timingMaxspanInterval } from './checks/timing/maxspan-interval.ts';
import { check as timingMaxspanLookback } from './checks/timing/maxspan-lookback.ts';
import { check as timingTimestampOverride } from './checks/timing/timestamp-override.ts';
import { readings } from './readings.ts';

/** Every check there is. Adding one means its file, its test, its page, and a place in this list. */
export const checks: readonly Check[] = [
  attackDuplicateTactic, attackName, attackReference, attackRevoked, attackSubtechniqueParent, attackTacticTag,
  attackTechniqueTactic, attackUnknownId, guidePlaceholder, guidePluginSyntax, guideRuleName, guideSections,
  guideSetupHeading, guideSetupTwice, guideTransformUnused, metadataDateFuture, metadataDateInvalid, metadataDateOrder,
  metadataDeprecatedPlace, metadataDeprecationDate, metadataIntegrationIndex, metadataMinStackComments, queryAlwaysTrue, queryCaseIgnored, queryContradiction,
  queryDuplicate, queryEsqlMetadata, queryFreeText, queryHostOs, queryIgnoreAbove, queryImpossibleValue,
  queryKeywordAsText, queryLeadingWildcard, queryLiteralQuestionMark, queryNotOnList, ruleExceptionListId, ruleFileName, ruleIdFormat, ruleIndexAndDataView, ruleIndexMissing, ruleMaxSignals,
  ruleNameFormat, ruleReferenceUrl, ruleSeverityRiskScore, ruleTimelinePair, ruleUniqueFileName, ruleUniqueId,
  ruleUniqueName, ruleVersionPresent, tagsCasing, tagsDataSource, tagsDuplicate, tagsFormat, tagsInvestigationGuide,
  tagsMisspelt, tagsOs, tagsRequired, tagsRuleType, timingBuildingBlock, timingFromFormat, timingGap, timingLookbackShort,
  timingMaxspanInterval, timingMaxspanLookback, timingTimestampOverride,
]; // prettier-ignore

/** Every id that a finding can have: those of the checks, and those that arise from reading. Sorted. */
export const ids: readonly IdEntry[] = [...checks, ...readings]
  .map(({ id, severity, summary }) => ({ id, severity, summary }))
  .sort((a, b) => (a.id < b.id ? -1 : 1));
