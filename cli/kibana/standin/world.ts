import type { Event } from '../../fields/event.ts';
import type { JsonObject } from '../../text/json.ts';

/** What the stand-in is licensed for and what its caller may do; tests and conditions of vectors change it. */
export interface Circumstances {
  /** What `GET /api/status` says of the build. */
  flavor: 'traditional' | 'serverless';
  /** False: bulk edits of alert suppression are refused, as are rules of machine learning. */
  platinum: boolean;
  /** False: Elastic's own rules cannot be customised. */
  enterprise: boolean;
  /** Why rules of machine learning are refused; undefined if they are not. */
  machineLearningRefusal: string | undefined;
  /** Privileges that the caller lacks. */
  readonly missing: Set<Privilege>;
  /** Milliseconds after an import of values until the values are there; 0: they are there before its answer. */
  importDelay: number;
  /** Rules, by `id` or `rule_id`, whose change fails, and with what message. */
  readonly failing: Map<string, string>;
}

/** What a route or a field can need. */
export type Privilege =
  | 'rules-read'
  | 'rules-all'
  | 'rules-enable'
  | 'exceptions-read'
  | 'exceptions-all'
  | 'lists-read'
  | 'lists-all'
  | 'connectors-read'
  | 'connectors-all'
  | 'preview';

/** What the runs of a preview gave. */
export interface PreviewResult {
  /** Documents of alerts, with their ids. */
  readonly alerts: readonly Event[];
  readonly logs: readonly JsonObject[];
  readonly isAborted: boolean;
}

/** One space: rules, exception lists and items, value lists and their items, connectors; each by id. */
export interface Space {
  readonly name: string;
  readonly rules: Map<string, JsonObject>;
  readonly lists: Map<string, JsonObject>;
  readonly items: Map<string, JsonObject>;
  readonly valueLists: Map<string, JsonObject>;
  readonly valueItems: Map<string, JsonObject>;
  readonly connectors: Map<string, JsonObject>;
  /** As `GET /api/data_views/data_view/{id}` gives them. */
  readonly dataViews: Map<string, JsonObject>;
  /** Alerts of previews, in the order in which they were made. */
  readonly previewAlerts: Event[];
  /** True once `POST /api/lists/index` was called. */
  hasValueLists: boolean;
}

/** Exception lists and their items, of one space or of all. */
export type ListStore = Pick<Space, 'lists' | 'items'>;

/** Where time and ids come from, so that a run can be repeated to the byte. */
export interface Around {
  /** ISO 8601. */
  readonly now: () => string;
  readonly uuid: () => string;
}

/** All that the stand-in remembers. */
export interface World extends Around {
  readonly spaces: Map<string, Space>;
  /** Exception lists and items that belong to all spaces. */
  readonly agnostic: ListStore;
  /** Elastic's own rules by `rule_id`, as their package has them. */
  readonly prebuilt: Map<string, JsonObject>;
  /** Connectors that the configuration of Kibana defines, by id; they are in every space and cannot be changed. */
  readonly preconfigured: Map<string, JsonObject>;
  readonly circumstances: Circumstances;
  /** What the Elasticsearch behind the stand-in holds; previews run over it. */
  readonly events: Event[];
  /** Changes what a preview has found before it is stored and told; for tests of results that differ. */
  alterPreview: ((found: PreviewResult) => PreviewResult) | undefined;
  /** Number of the last write, from which `_version` is made. */
  writes: number;
}

export const emptySpace = (name = 'Default'): Space => ({
  name,
  rules: new Map(),
  lists: new Map(),
  items: new Map(),
  valueLists: new Map(),
  valueItems: new Map(),
  connectors: new Map(),
  dataViews: new Map(),
  previewAlerts: [],
  hasValueLists: false,
});

export function newWorld(around: Around): World {
  return {
    spaces: new Map([['default', emptySpace()]]),
    agnostic: { lists: new Map(), items: new Map() },
    prebuilt: new Map(),
    preconfigured: new Map(),
    circumstances: {
      flavor: 'traditional',
      platinum: true,
      enterprise: true,
      machineLearningRefusal: undefined,
      importDelay: 0,
      missing: new Set(),
      failing: new Map(),
    },
    events: [],
    alterPreview: undefined,
    writes: 0,
    now: around.now,
    uuid: around.uuid,
  };
}

/** Time that goes on by a second at each look, and ids in order: for tests, whose runs then are all the same. */
export function steady(start = '2026-01-01T00:00:00.000Z'): Around {
  let looks = 0;
  let ids = 0;
  return {
    now: () => new Date(Date.parse(start) + looks++ * 1000).toISOString(),
    uuid: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
  };
}

/** The space that a request names; the server has let only known ones through. */
export function spaceOf(world: World, id: string): Space {
  const space = world.spaces.get(id);
  if (space === undefined) throw new Error(`no space ${id}`);
  return space;
}

/** `_version` of a document that is written now: what Kibana makes of sequence number and primary term. */
export function writeVersion(world: World): string {
  world.writes += 1;
  return Buffer.from(`[${world.writes},1]`).toString('base64');
}
