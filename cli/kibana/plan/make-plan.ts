import type { JsonObject } from '../../text/json.ts';
import type { Desired } from '../desired/desired.ts';
import { hasRecord, hasTag, type Space } from '../space/space.ts';
import { digest } from './digest.ts';
import type { Action, Entry, Kind, Plan, Target, Totals } from './plan.ts';
import { leftConnectors, planConnector } from './plan-connectors.ts';
import { leftEntry, planExceptionList, planLeftList, planValueList } from './plan-lists.ts';
import { planLeftRule, planRule, wasApplied } from './plan-rules.ts';
import { neededBy } from './needs.ts';
import { keyOf } from './references.ts';
import { seenOf, textOf } from './remote.ts';

export interface PlanOptions {
  readonly environment: string;
  readonly protected: boolean;
  /** Origin and space; the version comes from the space itself. */
  readonly target: Target;
  readonly marker: string;
  readonly keep: readonly string[];
  /** Version of dac. */
  readonly version: string;
  /** rule_id → what the repository wanted at earlier times, newest first: the third side where both have changed a member. */
  readonly earlier?: ReadonlyMap<string, readonly JsonObject[]>;
  /** Kinds that the plan is narrowed to. */
  readonly kinds?: ReadonlySet<Kind>;
  /** Rules, by name, path, rule_id or tag, that the plan is narrowed to; with them goes what they need, and nothing else. */
  readonly selects?: (rule: RuleFacts) => boolean;
  /** False: `desired` holds only a part of the repository's rules, so that what is missing has not left. */
  readonly complete: boolean;
  /** True: connectors get their secrets again although nothing differs; what Kibana has of them cannot be read. */
  readonly sendSecrets?: boolean;
}

/** What a rule is selected by, on whichever side it is. */
export interface RuleFacts {
  readonly name: string;
  readonly ruleId: string;
  readonly path?: string;
  readonly document: JsonObject;
}

const KINDS: readonly Kind[] = ['valueList', 'exceptionList', 'exceptionItem', 'connector', 'rule'];
const ACTIONS: readonly Action[] = ['create', 'change', 'conflict', 'delete', 'foreign'];

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const inOrder = (a: Entry, b: Entry): number =>
  KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
  ACTIONS.indexOf(a.action) - ACTIONS.indexOf(b.action) ||
  compareTexts(a.path ?? '', b.path ?? '') ||
  compareTexts(a.id, b.id);

/** The difference between what the repository wants and what the space has. A pure function: same values, same plan. */
export function makePlan(desired: Desired, space: Space, options: PlanOptions): Plan {
  const { selects } = options;
  const needed = selects === undefined ? undefined : neededBy(desired.rules.filter(selects), desired, space);
  const looked = [
    ...rules(desired, space, options),
    ...exceptionLists(desired, space, options, needed),
    ...valueLists(desired, space, options, needed),
    ...connectors(desired, space, options, needed),
  ];
  const chosen = looked.filter((one) => options.kinds?.has(one.kind) !== false);
  const entries = chosen
    .flatMap(({ entry }) => (entry === undefined ? [] : [entry]))
    .map((entry): Entry =>
      entry.action === 'create' && space.applied.has(keyOf(entry)) ? { ...entry, gone: true } : entry,
    )
    .sort(inOrder);
  const known = new Set(desired.rules.map((one) => one.ruleId));
  const ours = [...space.rules].filter(
    ([id, rule]) => hasTag(rule, options.marker) && (known.has(id) || wasApplied(rule, space)),
  ).length;
  const { version } = space.status;
  const target = version === undefined ? options.target : { ...options.target, version };
  const head = {
    schemaVersion: 1,
    tool: { name: 'kibana-dac', version: options.version },
    command: 'plan',
    environment: options.environment,
    target,
    marker: options.marker,
    protected: options.protected,
  } as const;
  return {
    ...head,
    rules: { ours, notOurs: space.rules.size - ours },
    complete: options.complete && options.selects === undefined && options.kinds === undefined,
    totals: totalsOf(entries, chosen.length - entries.length),
    entries,
    fingerprint: digest([
      target.url,
      target.space,
      options.marker,
      ...entries.map(({ kind, id, seen, action }) => [kind, id, action, seen]),
    ]),
  };
}

interface Looked {
  readonly kind: Kind;
  readonly entry: Entry | undefined;
}

const looked = (kind: Kind, entry: Entry | undefined): Looked => ({ kind, entry });

function rules({ rules: wanted }: Desired, space: Space, options: PlanOptions): readonly Looked[] {
  const selects = options.selects ?? (() => true);
  const chosen = wanted.filter(selects);
  const known = new Set(wanted.map((one) => one.ruleId));
  const left = [...space.rules.values()].filter(
    (rule) =>
      options.complete &&
      hasTag(rule, options.marker) &&
      !known.has(textOf(rule, 'rule_id')) &&
      selects({ name: textOf(rule, 'name'), ruleId: textOf(rule, 'rule_id'), document: rule }),
  );
  return [
    ...chosen.map((rule) => looked('rule', planRule(rule, space, options))),
    ...left.map((rule) => looked('rule', planLeftRule(rule, options.marker, space))),
  ];
}

/** Keys of what the chosen rules need; undefined: everything is looked at. */
type Needed = ReadonlySet<string> | undefined;

const isLooked = (needed: Needed, thing: Parameters<typeof keyOf>[0]): boolean => needed?.has(keyOf(thing)) !== false;

function exceptionLists(
  { exceptionLists: wanted }: Desired,
  space: Space,
  options: PlanOptions,
  needed: Needed,
): readonly Looked[] {
  if (wanted === undefined || !options.complete) return [];
  const known = new Set(wanted.map((one) => `${one.namespace} ${one.listId}`));
  const left = [...space.exceptionLists].filter(([key, list]) => !known.has(key) && hasTag(list, options.marker));
  return [
    ...wanted
      .filter(({ listId, namespace }) => isLooked(needed, { kind: 'exceptionList', id: listId, namespace }))
      .flatMap((list) =>
        planExceptionList(list, space, options)
          .filter((entry) => needed === undefined || entry?.action !== 'delete')
          .map((entry, at) => looked(entry?.kind ?? (at === 0 ? 'exceptionList' : 'exceptionItem'), entry)),
      ),
    ...(needed === undefined ? left : []).map(([, list]) => looked('exceptionList', planLeftList(list, space))),
  ];
}

function valueLists(
  { valueLists: wanted }: Desired,
  space: Space,
  options: PlanOptions,
  needed: Needed,
): readonly Looked[] {
  if (wanted === undefined || !options.complete) return [];
  const known = new Set(wanted.map((one) => one.id));
  const left = [...space.valueLists].filter(([id, { document }]) => !known.has(id) && hasRecord(document));
  return [
    ...wanted
      .filter(({ id }) => isLooked(needed, { kind: 'valueList', id }))
      .map((list) => looked('valueList', planValueList(list, space, options))),
    ...(needed === undefined ? left : []).map(([id, { document, values }]) =>
      looked('valueList', { ...leftEntry('valueList', id, document), seen: seenOf({ ...document, values: [...values].sort() }) }),
    ),
  ]; // prettier-ignore
}

function connectors(
  { connectors: wanted }: Desired,
  space: Space,
  options: PlanOptions,
  needed: Needed,
): readonly Looked[] {
  if (wanted === undefined || !options.complete) return [];
  const sendSecrets = options.sendSecrets === true;
  return [
    ...wanted
      .filter(({ id }) => isLooked(needed, { kind: 'connector', id }))
      .map((one) => looked('connector', planConnector(one, space, { sendSecrets }))),
    ...(needed === undefined ? leftConnectors(wanted, space.connectors, options.target.space) : []).map((entry) =>
      looked('connector', entry),
    ),
  ];
}

function totalsOf(entries: readonly Entry[], unchanged: number): Totals {
  const count = (action: Action): number => entries.filter((one) => one.action === action).length;
  return {
    create: count('create'),
    change: count('change'),
    delete: count('delete'),
    conflict: count('conflict'),
    foreign: count('foreign'),
    unchanged,
  };
}
