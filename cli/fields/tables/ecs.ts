import { isJsonObject, own } from '../../text/json.ts';
import { addNames, readFacts } from './facts.ts';

/** Stack version whose field tables and behaviour are used when neither rule nor configuration names one. */
export const DEFAULT_STACK = '9.5';

const numbers = (version: string): number => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major * 1000 + minor;
};

const cache = new Map<string, { version: string; fields: ReadonlyMap<string, string> }>();

/**
 * The ECS release that a stack brings: the newest table that is not newer than the stack (8.19 has 8.17, 9.1 has 9.0),
 * and its fields, name → type.
 */
export function ecsFor(stack: string): { readonly version: string; readonly fields: ReadonlyMap<string, string> } {
  const known = cache.get(stack);
  if (known !== undefined) return known;
  const raw = readFacts('ecs.json') ?? {};
  const listed = own(raw, 'versions');
  const versions = Array.isArray(listed) ? listed.filter((v): v is string => typeof v === 'string') : [];
  let bit = 0;
  versions.forEach((version, at) => {
    if (numbers(version) <= numbers(stack)) bit = at;
  });
  const fields = new Map<string, string>();
  const masks = own(raw, 'fields');
  if (isJsonObject(masks))
    for (const mask of Object.keys(masks)) if ((Number(mask) >> bit) & 1) addNames(fields, own(masks, mask));
  const made = { version: versions[bit] ?? '', fields };
  cache.set(stack, made);
  return made;
}
