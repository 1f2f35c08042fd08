import { exceptionsOf, type ListedItem, type ListValues } from '../../../engine/exceptions.ts';
import type { Schedule } from '../../../engine/schedule.ts';
import { prepareRuns } from '../../../engine/scheduled-runs.ts';
import { DEFAULT_INDICES } from '../../../fields/tables/rule-mapping.ts';
import { draftDocument } from '../../../rule/file-form.ts';
import { loadRuleFile } from '../../../rule/load.ts';
import type { RuleFile } from '../../../rule/rule.ts';
import { writeToml } from '../../../rule/toml/write.ts';
import { isJsonObject, own, type JsonObject } from '../../../text/json.ts';
import { KnownError } from '../../../text/known-error.ts';
import { indicesOf, mappingOf } from '../search/mappings.ts';
import { list, objects, text, textOf } from '../values.ts';
import { spaceOf, type PreviewResult, type Space, type World } from '../world.ts';
import { alertDocuments } from './alert-documents.ts';

/** The rule of a request as a file of it would be read; what a file does not hold is left out. */
function fileOf(body: JsonObject, ruleId: string): RuleFile {
  const api: JsonObject = { language: 'kuery', author: [], ...body, rule_id: textOf(body, 'rule_id') || ruleId };
  const leaveOut = new Set(['invocationCount', 'timeframeEnd', 'meta', 'actions', 'response_actions', 'id']);
  return loadRuleFile('preview.toml', writeToml(draftDocument(api, { today: '2026/01/01', leaveOut })));
}

function patternsOf(body: JsonObject, space: Space): readonly string[] {
  const view = textOf(body, 'data_view_id');
  if (view === '') return Array.isArray(own(body, 'index')) ? list(own(body, 'index')).map(text) : DEFAULT_INDICES;
  const known = space.dataViews.get(view);
  if (known === undefined)
    throw new KnownError(`Data View not found Error: Saved object [index-pattern/${view}] not found`);
  return textOf(known, 'title').split(',');
}

/** Items of the lists that the rule refers to, but for the one that only Elastic Defend applies. */
const itemsOf = (body: JsonObject, space: Space, world: World): readonly ListedItem[] =>
  objects(own(body, 'exceptions_list')).flatMap((reference) => {
    const listId = textOf(reference, 'list_id');
    if (listId === 'endpoint_list') return [];
    const store = textOf(reference, 'namespace_type') === 'agnostic' ? world.agnostic : space;
    return [...store.items.values()]
      .filter((item) => textOf(item, 'list_id') === listId)
      .map((item) => ({ listId, item }));
  });

const valueListsOf = (space: Space): ReadonlyMap<string, ListValues> =>
  new Map(
    [...space.valueLists].map(([id, one]) => [
      id,
      {
        type: textOf(one, 'type'),
        values: [...space.valueItems.values()]
          .filter((each) => textOf(each, 'list_id') === id)
          .map((each) => textOf(each, 'value')),
      },
    ]),
  );

const iso = (at: number): string => new Date(at).toISOString();

/**
 * Runs a rule over the events of the world as dac's own engine does, so that a preview of the stand-in shows what dac makes of
 * one and proves nothing about Kibana. What the engine cannot run fails the first run and says so.
 */
export function runPreview(
  body: JsonObject,
  schedule: Schedule,
  previewId: string,
  spaceId: string,
  world: World,
): PreviewResult {
  const space = spaceOf(world, spaceId);
  const ran = (start: number, errors: readonly string[], warnings: readonly string[]): JsonObject => ({
    errors,
    warnings,
    startedAt: iso(start),
    duration: 1,
  });
  const failed = (why: string): PreviewResult => ({
    alerts: [],
    logs: schedule.starts.slice(0, 1).map((start) => ran(start, [why], [])),
    isAborted: false,
  });
  try {
    const indices = indicesOf(world.events, patternsOf(body, space));
    if (indices.length === 0) {
      const warning = `This rule is attempting to query data from Elasticsearch indices listed in the "Index patterns" section of the rule definition, however no index matching: ${JSON.stringify(patternsOf(body, space))} was found.`;
      return { alerts: [], logs: schedule.starts.map((start) => ran(start, [], [warning])), isAborted: false };
    }
    const file = fileOf(body, world.uuid());
    const { rule } = file;
    if (rule === undefined) return failed(`the stand-in cannot read the rule: ${file.problems[0]?.message ?? ''}`);
    const mapping = mappingOf(world.events, indices);
    const now = Date.parse(world.now());
    const exceptions = exceptionsOf(itemsOf(body, space, world), { mapping, now, valueLists: valueListsOf(space) });
    const { prepared, problems } = prepareRuns({ file, rule, mapping, schedule, exceptions, now });
    if (prepared === undefined) {
      const fault = problems.find((one) => one.severity === 'error');
      // Kibana would have run it: only the stand-in cannot.
      const whose = fault?.id === 'query/unsupported' ? 'the stand-in cannot do what Kibana does: ' : '';
      return failed(`${whose}${fault?.message ?? 'the rule cannot be run'}`);
    }
    const prediction = prepared.predict(world.events.filter(({ index }) => indices.includes(index)));
    const place = { previewId, index: `.internal.preview.alerts-security.alerts-${spaceId}-000001` };
    return {
      alerts: prediction.alerts.flatMap((alert) =>
        alertDocuments(rule, alert, iso(alert.start ?? schedule.starts.at(-1) ?? 0), place),
      ),
      logs: schedule.starts.map((start) => ran(start, [], prediction.cut.includes(start) ? [CUT] : [])),
      isAborted: false,
    };
  } catch (error) {
    if (error instanceof KnownError) return failed(error.message);
    throw error;
  }
}

const CUT = 'This rule reached the maximum alert limit for the rule execution. Some alerts were not created.';

/** The alerts of a preview in its space, where a search finds them. */
export function keep({ alerts }: PreviewResult, spaceId: string, world: World): void {
  const { previewAlerts } = spaceOf(world, spaceId);
  for (const alert of alerts) previewAlerts.push({ ...alert, ordinal: previewAlerts.length });
}

/** A data view by its id, as the platform answers it. */
export const dataViewOf = (space: Space, id: string): JsonObject | undefined => {
  const view = space.dataViews.get(id);
  return isJsonObject(view) ? { data_view: { id, ...view } } : undefined;
};
