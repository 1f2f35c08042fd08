import type { ValueLimits } from '../mapping.ts';
import type { FieldSource } from './source.ts';
import { MAX_INDICES, sourcesOfIndex, type Sources } from './sources.ts';
import { ecsTemplates, templateFor } from './templates.ts';

/**
 * What ECS, Fleet and Beats give keywords that they list: longer values are kept but cannot be searched. Fleet gives it to
 * wildcard fields, too (kibana: fleet/server/services/epm/elasticsearch/template/field_type_registry.ts); Beats do not since
 * 8.1 and 7.17.2 (beats: libbeat/template/processor.go, pull request 30668).
 */
const IGNORE_ABOVE = 1024;

type Limited = 'keyword' | 'wildcard';

const unlimited = new Map<string, boolean>();

/** Whether `ecs@mappings` makes a keyword without a limit of a name: only its last template, for all other texts, sets one. */
function isUnlimited(name: string): boolean {
  let found = unlimited.get(name);
  if (found === undefined)
    unlimited.set(name, (found = ecsTemplates().some((one) => one.type === 'keyword' && one.fits(name))));
  return found;
}

/** In a template that lists a field without a limit of its own. */
const usualOf = (source: FieldSource, type: Limited): number =>
  type === 'wildcard' && source.kind !== 'package' ? Infinity : IGNORE_ABOVE;

const byEcsTemplates = (name: string, type: Limited): number =>
  type === 'wildcard' || isUnlimited(name) ? Infinity : IGNORE_ABOVE;

/** Of a template for members of objects: neither Fleet nor Beats set a limit there. */
const isMember = (source: FieldSource, name: string): boolean =>
  templateFor(name, 'string', source.templates(name), 'other') !== undefined;

/** What the templates of one source say of a field. */
interface Said {
  /** Of each of its data streams, or one for all that agree. */
  readonly limits: readonly number[];
  /** Whether they list the field or have a dynamic template for it; others count only where no source does. */
  readonly knows: boolean;
}

const USUAL: Said = { limits: [IGNORE_ABOVE], knows: true };

/** Of a field of ECS. */
function ofEcs(source: FieldSource, ecs: FieldSource, name: string, type: Limited): Said {
  const usual = ecs.limit(name) ?? usualOf(source, type);
  // The templates of the Beats hold all of ECS.
  if (source.kind !== 'package' || source.fixed) return { limits: [source.limit(name) ?? usual], knows: true };
  const left = byEcsTemplates(name, type);
  if (left === usual) return usual === IGNORE_ABOVE ? USUAL : { limits: [usual], knows: true };
  return { limits: source.declares(name).map((declared) => (declared ? usual : left)), knows: true };
}

/** Of any other field. */
function ofOther(source: FieldSource, ecs: FieldSource, name: string, type: Limited): Said {
  const own = source.limit(name);
  if (own !== undefined) return { limits: [own], knows: true };
  if (source.find(name) !== undefined) return { limits: [usualOf(source, type)], knows: true };
  if (isMember(source, name)) return { limits: [Infinity], knows: true };
  if (source.kind === 'beat' && isMember(ecs, name)) return { limits: [Infinity], knows: true };
  const fromEcs = source.kind === 'package' && !source.fixed;
  return { limits: [fromEcs ? byEcsTemplates(name, type) : IGNORE_ABOVE], knows: false };
}

/** The rules of a repository ask the same few sources for the same fields. */
const said = new WeakMap<FieldSource, Map<FieldSource, Map<string, Said>>>();

function ask(source: FieldSource, ecs: FieldSource, name: string, type: Limited): Said {
  let bySource = said.get(ecs);
  if (bySource === undefined) said.set(ecs, (bySource = new Map<FieldSource, Map<string, Said>>()));
  let byName = bySource.get(source);
  if (byName === undefined) bySource.set(source, (byName = new Map<string, Said>()));
  let found = byName.get(name);
  if (found === undefined)
    byName.set(name, (found = (ecs.find(name) === undefined ? ofOther : ofEcs)(source, ecs, name, type)));
  return found;
}

/** Where no template is known, as the templates of ECS have it. */
const asInEcs = (ecs: FieldSource, name: string, type: Limited): number =>
  ecs.limit(name) ?? (type === 'wildcard' ? Infinity : IGNORE_ABOVE);

/** Over all the indices behind some sources; `first`: in those of the first table. Infinity: none. */
interface Range {
  readonly first: number;
  readonly least: number;
  readonly most: number;
}

function inSources({ list: [ecs], templates, unknown }: Sources, name: string, type: Limited): Range {
  if (ecs === undefined) return { first: Infinity, least: Infinity, most: Infinity };
  const asked = templates.map((source) => ask(source, ecs, name, type));
  const someKnow = asked.some(({ knows }) => knows);
  let [first, least, most] = [-1, Infinity, 0];
  const add = (limit: number): void => {
    if (first < 0) first = limit;
    if (limit < least) least = limit;
    if (limit > most) most = limit;
  };
  for (const { limits, knows } of asked) if (knows || !someKnow) for (const limit of limits) add(limit);
  if (unknown.length > 0 || first < 0) add(asInEcs(ecs, name, type));
  return { first, least, most };
}

export interface Limits {
  readonly ignoreAbove?: number;
  readonly limits?: ValueLimits;
}

const NONE: Limits = {};
const SAME: Limits = { ignoreAbove: IGNORE_ABOVE };

/**
 * `ignore_above` of a keyword or wildcard field. Where the indices of a rule set different ones, `ignoreAbove` is what none
 * exceeds, and `limits` tells that of each index.
 */
export function limitsOf(sources: Sources, name: string, type: Limited): Limits {
  const { least, most } = inSources(sources, name, type);
  if (least === most) return most === Infinity ? NONE : most === IGNORE_ABOVE ? SAME : { ignoreAbove: most };
  const ofIndex = new Map<string, number>();
  const limits: ValueLimits = {
    least,
    in(index) {
      let limit = ofIndex.get(index);
      if (limit === undefined) {
        // An event that does not say where it lies is taken for one of the first table.
        const own = index === '' ? sources : sourcesOfIndex(index, sources.stack);
        if (ofIndex.size >= MAX_INDICES) ofIndex.clear();
        ofIndex.set(index, (limit = inSources(own, name, type).first));
      }
      return limit;
    },
  };
  return most === Infinity ? { limits } : { ignoreAbove: most, limits };
}
