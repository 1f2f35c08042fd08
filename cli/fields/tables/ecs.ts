import { isJsonObject, own } from '../../text/json.ts';
import { NameTable, readFacts } from './facts.ts';

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
}

const made = new Map<number, Ecs>();
let raw: ReturnType<typeof readFacts>;

/**
 * The ECS release that a stack brings: the newest table that is not newer than the stack (8.19 has 8.17, 9.1 has 9.0), or
 * the oldest one for a stack before all of them. The table holds a field once, with a bit for each release that has it.
 */
export function ecsFor(stack: string): Ecs {
  raw ??= readFacts('ecs.json') ?? {};
  const listed = own(raw, 'versions');
  const versions = Array.isArray(listed) ? listed.filter((v): v is string => typeof v === 'string') : [];
  const bit = Math.max(0, versions.filter((version) => number(version) <= number(stack)).length - 1);
  let ecs = made.get(bit);
  if (ecs === undefined) {
    const names = new NameTable();
    const masks = own(raw, 'fields');
    if (isJsonObject(masks))
      for (const mask of Object.keys(masks)) if ((Number(mask) >> bit) & 1) names.add(own(masks, mask));
    made.set(bit, (ecs = { version: versions[bit] ?? '', names }));
  }
  return ecs;
}
