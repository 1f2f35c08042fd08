import { isJsonObject, own, type JsonObject } from '../../text/json.ts';
import type { NewField } from '../mapping.ts';

/** The body of a mapping with fields that documents have made, and with constants that they have set. */
export function grownBody(
  root: JsonObject,
  fields: readonly NewField[],
  constants: ReadonlyMap<string, string>,
): JsonObject {
  let properties = objectOf(root, 'properties');
  let runtime = objectOf(root, 'runtime');
  // Objects before what stands in them
  const ordered = [...fields].sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const { path, body, runtime: isRuntime } of ordered)
    if (isRuntime) runtime = { ...runtime, [path]: body };
    else properties = withField(properties, path.split('.'), () => body);
  for (const [path, value] of constants)
    properties = withField(properties, path.split('.'), (before) => ({ ...before, value }));
  return { ...root, properties, ...(Object.keys(runtime).length === 0 ? {} : { runtime }) };
}

const objectOf = (body: JsonObject, key: string): JsonObject => {
  const value = own(body, key);
  return isJsonObject(value) ? value : {};
};

/** Puts a field where the mapping has the objects around it; the rest of its name keeps its dots. */
function withField(
  properties: JsonObject,
  parts: readonly string[],
  change: (before: JsonObject) => JsonObject,
): JsonObject {
  const whole = parts.join('.');
  if (own(properties, whole) !== undefined) return { ...properties, [whole]: change(objectOf(properties, whole)) };
  for (let end = parts.length - 1; end > 0; end--) {
    const name = parts.slice(0, end).join('.');
    const object = own(properties, name);
    if (!isJsonObject(object) || !isContainer(object)) continue;
    const below = withField(objectOf(object, 'properties'), parts.slice(end), change);
    return { ...properties, [name]: { ...object, properties: below } };
  }
  return { ...properties, [whole]: change({}) };
}

const isContainer = (body: JsonObject): boolean => {
  const type = own(body, 'type');
  return type === undefined || type === 'object' || type === 'nested' || type === 'passthrough';
};
