import { own, type JsonObject } from '../../../text/json.ts';
import { canonicalValue } from '../../normalise/values.ts';
import type { Writer } from '../exceptions/documents.ts';
import { RouteError, type Call } from '../route.ts';
import { pick, textOf } from '../values.ts';
import { spaceOf, writeVersion, type Space, type World } from '../world.ts';

const fresh = ({ world, user }: Writer): JsonObject => {
  const now = world.now();
  return {
    '@timestamp': now,
    _version: writeVersion(world),
    tie_breaker_id: world.uuid(),
    created_at: now,
    created_by: user,
    updated_at: now,
    updated_by: user,
  };
};

const touched = ({ world, user }: Writer): JsonObject => ({
  _version: writeVersion(world),
  updated_at: world.now(),
  updated_by: user,
});

export const newList = (body: JsonObject, writer: Writer): JsonObject => ({
  ...pick(body, ['name', 'description', 'type', 'meta']),
  id: textOf(body, 'id') || writer.world.uuid(),
  immutable: false,
  version: 1,
  ...fresh(writer),
});

/** The list after a change; a PUT takes `meta` away if it does not name it. */
export const changedList = (before: JsonObject, body: JsonObject, writer: Writer, whole: boolean): JsonObject => ({
  ...Object.fromEntries(Object.entries(before).filter(([key]) => !(whole && key === 'meta'))),
  ...pick(body, ['name', 'description', 'meta']),
  version: Number(own(before, 'version') ?? 0) + 1,
  ...touched(writer),
});

export const newItem = (list: JsonObject, body: JsonObject, writer: Writer): JsonObject => ({
  ...pick(body, ['meta']),
  value: canonicalValue(textOf(list, 'type'), textOf(body, 'value')),
  id: textOf(body, 'id') || writer.world.uuid(),
  list_id: textOf(list, 'id'),
  type: textOf(list, 'type'),
  ...fresh(writer),
});

export const changedItem = (before: JsonObject, body: JsonObject, writer: Writer): JsonObject => ({
  ...before,
  ...pick(body, ['value', 'meta']),
  ...touched(writer),
});

/** The space, if its data streams are there; throws 400. */
export function spaceWithLists(call: Call, world: World, what: string): Space {
  const space = spaceOf(world, call.space);
  if (!space.hasValueLists)
    throw new RouteError(
      400,
      // The misspelling for an import is Kibana's.
      `To ${what}, the data ${what.startsWith('import') ? 'steam' : 'stream'} must exist first. Data stream ".lists-${call.space}" does not exist`,
    );
  return space;
}

export function listNamed(space: Space, id: string, status = 404): JsonObject {
  const list = space.valueLists.get(id);
  if (list === undefined) throw new RouteError(status, `list id: "${id}" does not exist`);
  return list;
}

export const itemsOf = (space: Space, listId: string): readonly JsonObject[] =>
  [...space.valueItems.values()].filter((item) => own(item, 'list_id') === listId);

/** Header for members that Kibana no longer heeds; `what` is `parameter` or `query parameter`. */
export function ignoredWarning(names: readonly string[], what: string): Readonly<Record<string, string>> {
  const texts = names.map(
    (name) =>
      `299 Kibana The "${name}" ${what} is not supported and will be ignored. Custom ${name}s have been removed.`,
  );
  return texts.length === 0 ? {} : { warning: texts.join(', ') };
}

const CONFLICT = 'Conflict: versions mismatch. Provided versions:';

export function checkVersion(before: JsonObject, body: JsonObject): void {
  const [sent, stored] = [own(body, '_version'), textOf(before, '_version')];
  if (typeof sent === 'string' && sent !== stored) throw new RouteError(409, `${CONFLICT}${sent}, ${stored}`);
}
