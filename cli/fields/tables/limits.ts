import type { ValueLimits } from '../mapping.ts';
import type { FieldSource } from './source.ts';
import { sourcesOfIndex, type Sources } from './sources.ts';
import { ecsTemplates, templateFor } from './templates.ts';

/**
 * What ECS, Fleet and Beats give keyword and wildcard fields that they list: longer values are kept but cannot be searched
 * (kibana: fleet/server/services/epm/elasticsearch/template/mappings.ts; beats: libbeat/template/processor.go).
 */
export const IGNORE_ABOVE = 1024;

type Limited = 'keyword' | 'wildcard';

const unlimited = new Map<string, boolean>();

/** Whether `ecs@mappings` makes a keyword without a limit of a name: only its last template, for all other texts, sets one. */
function isUnlimited(name: string): boolean {
  let found = unlimited.get(name);
  if (found === undefined)
    unlimited.set(name, (found = ecsTemplates().some((one) => one.type === 'keyword' && one.fits(name))));
  return found;
}

const byEcsTemplates = (name: string, type: Limited): number =>
  type === 'wildcard' || isUnlimited(name) ? Infinity : IGNORE_ABOVE;

/** Of a template for members of objects: neither Fleet nor Beats set a limit there. */
const isMember = (source: FieldSource, name: string): boolean =>
  templateFor(name, 'string', source.templates(name), 'other') !== undefined;

/** In the indices of one source, of a field of ECS. */
function ofEcs(source: FieldSource, ecs: FieldSource, name: string, type: Limited): readonly number[] {
  const usual = ecs.limit(name) ?? IGNORE_ABOVE;
  // The templates of the Beats hold all of ECS.
  if (source.kind !== 'package' || source.fixed) return [source.limit(name) ?? usual];
  const left = byEcsTemplates(name, type);
  return left === usual ? [usual] : source.declares(name).map((declared) => (declared ? usual : left));
}

/** In the indices of one source, of any other field. */
function ofOther(source: FieldSource, ecs: FieldSource, name: string, type: Limited): number {
  const own = source.limit(name);
  if (own !== undefined) return own;
  if (source.fixed || source.kind === 'endgame' || source.find(name) !== undefined) return IGNORE_ABOVE;
  if (isMember(source, name) || (source.kind === 'beat' && isMember(ecs, name))) return Infinity;
  return source.kind === 'beat' ? IGNORE_ABOVE : byEcsTemplates(name, type);
}

const known = new WeakMap<Sources, Map<string, readonly number[]>>();

/** In all the indices behind some sources, in their order. */
function inSources(sources: Sources, name: string, type: Limited): readonly number[] {
  let limits = known.get(sources);
  if (limits === undefined) known.set(sources, (limits = new Map<string, readonly number[]>()));
  let found = limits.get(name);
  if (found === undefined) limits.set(name, (found = find(sources, name, type)));
  return found;
}

function find({ list, unknown }: Sources, name: string, type: Limited): readonly number[] {
  const [ecs] = list;
  if (ecs === undefined) return [];
  const templates = list.filter(({ kind }) => kind !== 'ecs' && kind !== 'extra');
  const inEcs = ecs.find(name) !== undefined;
  const limits = inEcs
    ? templates.flatMap((source) => ofEcs(source, ecs, name, type))
    : others(templates, ecs, name, type);
  // Where no template is known, as the templates of ECS have it.
  if (unknown.length > 0 || limits.length === 0)
    limits.push(ecs.limit(name) ?? (type === 'wildcard' ? Infinity : IGNORE_ABOVE));
  return limits;
}

/** Of a field that is not of ECS: in the sources that list it or have a template for it; else it may come in any. */
function others(templates: readonly FieldSource[], ecs: FieldSource, name: string, type: Limited): number[] {
  const members = templates.filter((source) => isMember(source, name));
  const listed = templates.find((source) => source.find(name) !== undefined);
  if (members.length === 0 && listed !== undefined) return [listed.limit(name) ?? IGNORE_ABOVE];
  const knowing = templates.filter((source) => members.includes(source) || source.find(name) !== undefined);
  return (knowing.length > 0 ? knowing : templates).map((source) => ofOther(source, ecs, name, type));
}

/**
 * `ignore_above` of a keyword or wildcard field. Where the indices of a rule set different ones, `ignoreAbove` is what none
 * exceeds, and `limits` tells that of each index.
 */
export function limitsOf(
  sources: Sources,
  name: string,
  type: Limited,
): { readonly ignoreAbove?: number; readonly limits?: ValueLimits } {
  const all = inSources(sources, name, type);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const ignoreAbove = most === Infinity ? {} : { ignoreAbove: most };
  if (least === most) return ignoreAbove;
  const ofIndex = new Map<string, number>();
  const limits: ValueLimits = {
    least,
    in(index) {
      let limit = ofIndex.get(index);
      if (limit === undefined) ofIndex.set(index, (limit = limitInIndex(sources, index, name, type)));
      return limit;
    },
  };
  return { ...ignoreAbove, limits };
}

/** An event that does not say where it lies is taken for one of the first table. */
function limitInIndex(sources: Sources, index: string, name: string, type: Limited): number {
  const own = index === '' ? sources : sourcesOfIndex(index, sources.stack);
  return inSources(own, name, type)[0] ?? Infinity;
}
