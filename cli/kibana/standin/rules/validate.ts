import { isJsonObject, own, type Json, type JsonObject } from '../../../text/json.ts';
import { list as elements, objects as list } from '../values.ts';
import { PlatformError, RouteError } from '../route.ts';
import type { Space, World } from '../world.ts';
import { ruleFaults } from './shape.ts';

const together = (body: JsonObject, one: string, other: string): string[] => {
  const [a, b] = [own(body, one), own(body, other)];
  if (a === undefined) return [];
  if (b === undefined) return [`when "${one}" exists, "${other}" must also exist`];
  return a === '' ? [`"${one}" cannot be an empty string`] : [];
};

function threatMappingFaults(body: JsonObject): string[] {
  const faults = new Set<string>();
  for (const group of list(own(body, 'threat_mapping'))) {
    const entries = list(own(group, 'entries'));
    if (entries.length === 1 && own(entries[0] ?? {}, 'negate') === true)
      faults.add(
        'Negate mappings cannot be used as a single entry in the AND condition. Please use at least one matching mapping entry.',
      );
    const key = (entry: JsonObject): string => JSON.stringify([own(entry, 'field'), own(entry, 'value')]);
    const negated = new Set(entries.filter((entry) => own(entry, 'negate') === true).map(key));
    if (entries.some((entry) => own(entry, 'negate') !== true && negated.has(key(entry))))
      faults.add('Negate and matching mappings cannot have identical fields and values in the same AND condition.');
  }
  return [...faults];
}

function cardinalityFaults(body: JsonObject): readonly string[] {
  const threshold = own(body, 'threshold');
  if (!isJsonObject(threshold)) return [];
  const field = own(threshold, 'field');
  const fields = typeof field === 'string' ? [field] : elements(field);
  return list(own(threshold, 'cardinality')).some((one) => fields.includes(own(one, 'field') ?? null))
    ? ['Cardinality of a field that is being aggregated on is always 1']
    : [];
}

const timelineFaults = (body: JsonObject): readonly string[] => [
  ...together(body, 'timeline_id', 'timeline_title'),
  ...together(body, 'timeline_title', 'timeline_id'),
];

/** What is checked of a patch beyond the schema (kibana: crud/patch_rule/request_schema_validation.ts). */
export const patchExtraFaults = (body: JsonObject): readonly string[] => [
  ...timelineFaults(body),
  ...cardinalityFaults(body),
];

/**
 * What the route checks beyond the schema (kibana: crud/create_rule/request_schema_validation.ts, and update_rule/ for a PUT, which
 * does not look at the pair of searches). The check of 9.x development versions that `from` and `to` span the interval is left out.
 */
export function extraFaults(body: JsonObject, put = false): readonly string[] {
  const threat = own(body, 'type') === 'threat_match';
  return [
    ...timelineFaults(body),
    ...(threat && !put
      ? [
          ...together(body, 'concurrent_searches', 'items_per_search'),
          ...together(body, 'items_per_search', 'concurrent_searches'),
        ]
      : []),
    ...cardinalityFaults(body),
    ...(threat ? threatMappingFaults(body) : []),
  ];
}

/** The body of a create or PUT, checked; throws the error that the route answers with. */
export function checkedBody(body: Json | undefined, put = false): JsonObject {
  const faults = ruleFaults(body);
  if (faults !== undefined || !isJsonObject(body))
    throw new PlatformError(400, `[request body]: ${faults ?? 'Required'}`);
  const extra = extraFaults(body, put);
  if (extra.length > 0) throw new RouteError(400, extra);
  return body;
}

const isDefaultList = (entry: JsonObject): boolean => own(entry, 'type') === 'rule_default';

/** Ids of other rules that use one of the default exception lists of the body. */
function usersOfDefaultList(body: JsonObject, space: Space, self: string | undefined): readonly string[] {
  const wanted = new Set(
    list(own(body, 'exceptions_list'))
      .filter(isDefaultList)
      .map((entry) => own(entry, 'id')),
  );
  if (wanted.size === 0) return [];
  return [...space.rules].flatMap(([id, rule]) =>
    id !== self &&
    list(own(rule, 'exceptions_list')).some((entry) => isDefaultList(entry) && wanted.has(own(entry, 'id')))
      ? [id]
      : [],
  );
}

/** At most one default list a rule (else 500), and none that another rule uses (409). `sent`: the id or rule_id of an update. */
export function checkDefaultList(
  body: JsonObject,
  space: Space,
  self?: { readonly id: string; readonly sent: string },
): void {
  if (list(own(body, 'exceptions_list')).filter(isDefaultList).length > 1)
    throw new RouteError(500, 'More than one default exception list found on rule');
  const users = usersOfDefaultList(body, space, self?.id);
  if (users.length === 0) return;
  const whose = self === undefined ? '' : ` for rule: ${self.sent}`;
  throw new RouteError(409, `default exception list${whose} already exists in rule(s): ${users.join(',')}`);
}

/** Why rules of machine learning are refused here; undefined if they are not. */
export const machineLearningRefusal = ({ circumstances }: World): string | undefined =>
  circumstances.machineLearningRefusal ??
  (circumstances.platinum ? undefined : 'Your license does not support machine learning. Please upgrade your license.');

/** Machine learning rules need licence and privilege. */
export function checkMachineLearning(type: Json | undefined, world: World): void {
  const refusal = machineLearningRefusal(world);
  if (type === 'machine_learning' && refusal !== undefined) throw new RouteError(403, refusal);
}
