import { isJsonObject, type Json, type JsonObject } from '../../text/json.ts';

/**
 * Settings of an index by their full names, as `GET index/_settings?flat_settings` writes them, from any of the forms that
 * Elasticsearch takes: with or without `index` around them, nested or dotted, whole answers of `GET index/_settings` included.
 */
export function flatSettings(settings: Json | undefined): ReadonlyMap<string, Json> {
  const flat = new Map<string, Json>();
  const walk = (body: JsonObject, prefix: string): void => {
    for (const [key, value] of Object.entries(body)) {
      const name = prefix + key;
      if (isJsonObject(value)) walk(value, `${name}.`);
      else flat.set(name.startsWith('index.') ? name : `index.${name}`, value);
    }
  };
  if (isJsonObject(settings)) walk(settings, '');
  return flat;
}
