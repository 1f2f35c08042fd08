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
  const usual = ecs.limit(name) ?? IGNORE_ABOVE;
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
  if (source.find(name) !== undefined) return USUAL;
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

/** In all the indices behind some sources, in their order. */
function inSources({ list: [ecs], templates, unknown }: Sources, name: string, type: Limited): readonly number[] {
  if (ecs === undefined) return [];
  const all = templates.map((source) => ask(source, ecs, name, type));
  const knowing = all.filter(({ knows }) => knows);
  const limits = (knowing.length > 0 ? knowing : all).flatMap((one) => one.limits);
  // Where no template is known, as the templates of ECS have it.
  if (unknown.length > 0 || limits.length === 0)
    limits.push(ecs.limit(name) ?? (type === 'wildcard' ? Infinity : IGNORE_ABOVE));
  return limits;
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
