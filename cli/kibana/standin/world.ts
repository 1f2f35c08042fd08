import type { JsonObject } from '../../text/json.ts';

/** What the stand-in is allowed and licensed to do; tests change it. */
export interface Circumstances {
  /** False: suppression and machine learning are refused. */
  platinum: boolean;
  machineLearning: boolean;
  /** Privileges that the caller lacks, such as `enable`, `lists-all`. */
  missing: Set<string>;
}

/** One space: rules by id, exception lists and items by id, value lists, connectors. */
export interface Space {
  readonly rules: Map<string, JsonObject>;
  readonly lists: Map<string, JsonObject>;
  readonly items: Map<string, JsonObject>;
  readonly valueLists: Map<string, JsonObject>;
  readonly valueItems: Map<string, JsonObject>;
  readonly connectors: Map<string, JsonObject>;
  /** True once `POST /api/lists/index` was called. */
  hasValueLists: boolean;
}

/** All that the stand-in remembers. Time and ids come in, so that a run can be repeated to the byte. */
export interface World {
  readonly spaces: Map<string, Space>;
  /** Exception lists and items that belong to all spaces. */
  readonly agnostic: { readonly lists: Map<string, JsonObject>; readonly items: Map<string, JsonObject> };
  /** Prebuilt rules by `rule_id`, as the package has them. */
  readonly prebuilt: Map<string, JsonObject>;
  readonly circumstances: Circumstances;
  /** ISO 8601. */
  readonly now: () => string;
  readonly uuid: () => string;
}

export const emptySpace = (): Space => ({
  rules: new Map(),
  lists: new Map(),
  items: new Map(),
  valueLists: new Map(),
  valueItems: new Map(),
  connectors: new Map(),
  hasValueLists: false,
});

export function newWorld(around: { readonly now: () => string; readonly uuid: () => string }): World {
  return {
    spaces: new Map([['default', emptySpace()]]),
    agnostic: { lists: new Map(), items: new Map() },
    prebuilt: new Map(),
    circumstances: { platinum: true, machineLearning: true, missing: new Set() },
    ...around,
  };
}

/** The space that a request names; the server has let only known ones through. */
export function spaceOf(world: World, id: string): Space {
  const space = world.spaces.get(id);
  if (space === undefined) throw new Error(`no space ${id}`);
  return space;
}
