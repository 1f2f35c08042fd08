import { isJsonObject, own, type Json } from '../../text/json.ts';
import { NameTable, readFacts } from './facts.ts';
import { ecsSource, type FieldSource } from './source.ts';
import { templatesOf } from './templates.ts';

/** Stack version whose field tables and behaviour are used when neither rule nor configuration names one. */
export const DEFAULT_STACK = '9.5';

const number = (version: string): number => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major * 1000 + minor;
};

/** The fields of one ECS release. */
export interface Ecs {
  readonly version: string;
  readonly names: NameTable;
  readonly source: FieldSource;
}

const made = new Map<number, Ecs>();
let raw: ReturnType<typeof readFacts>;

/** The names of a release in a table that holds each once, with a bit for every release that has it. */
function ofRelease(tables: Json | undefined, bit: number): NameTable {
  const names = new NameTable();
  if (isJsonObject(tables))
    for (const mask of Object.keys(tables)) if ((Number(mask) >> bit) & 1) names.add(own(tables, mask));
  return names;
}

/**
 * The ECS release that a stack brings: the newest table that is not newer than the stack (8.19 has 8.17, 9.1 has 9.0), or
 * the oldest one for a stack before all of them.
 */
export function ecsFor(stack: string): Ecs {
  raw ??= readFacts('ecs.json') ?? {};
  const releases = own(raw, 'versions');
  const versions = Array.isArray(releases) ? releases.filter((v): v is string => typeof v === 'string') : [];
  const bit = Math.max(0, versions.filter((version) => number(version) <= number(stack)).length - 1);
  let ecs = made.get(bit);
  if (ecs === undefined) {
    const names = ofRelease(own(raw, 'fields'), bit);
    const limits = ofRelease(own(raw, 'limits'), bit);
    const listed = own(raw, 'unindexed');
    const unindexed = new Set(typeof listed === 'string' ? listed.split(' ') : []);
    const templates = templatesOf(own(raw, 'open'));
    const version = versions[bit] ?? '';
    const source = ecsSource(version, names, {
      templates: () => templates,
      limit(name) {
        const limit = limits.typeOf(name);
        return limit === undefined ? undefined : Number(limit);
      },
      apart: (name) => (unindexed.has(name) ? 'unindexed' : undefined),
    });
    made.set(bit, (ecs = { version, names, source }));
  }
  return ecs;
}
