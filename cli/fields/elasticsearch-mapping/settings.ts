import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { didYouMean } from '../../text/suggest.ts';
import { SETTING_GROUPS, settingOf, SETTINGS, VERDICT_SETTINGS } from './index-settings.ts';
import { valueFault, type Parameter } from './parameter.ts';

/** `GET index/_settings` answers with the name of the index around the settings. */
function unwrapped(settings: JsonObject): JsonObject {
  const inner = own(settings, 'settings');
  if (isJsonObject(inner)) return inner;
  const [only, ...others] = Object.values(settings);
  const below = others.length === 0 && isJsonObject(only) ? own(only, 'settings') : undefined;
  return isJsonObject(below) ? below : settings;
}

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
  if (isJsonObject(settings)) walk(unwrapped(settings), '');
  return flat;
}

const isHarmless = ({ harmless, harmlessFrom = Infinity }: Parameter, value: Json): boolean =>
  harmless?.includes(value) === true || Number(value) >= harmlessFrom;

/**
 * Throws a KnownError for a setting that does not exist, has a value that Elasticsearch refuses, or changes verdicts in a way
 * that is not followed. `accepted`: they come from an index that exists, so that one that is unknown here belongs to a newer
 * version or a plugin; it is refused only where its name says that verdicts depend on it.
 */
export function checkSettings(flat: ReadonlyMap<string, Json>, accepted: boolean): void {
  for (const [name, value] of flat) {
    const setting = settingOf(name);
    if (setting === undefined) {
      if (accepted && !VERDICT_SETTINGS.some((prefix) => name.startsWith(prefix))) continue;
      const known = [...Object.keys(SETTINGS), ...Object.keys(SETTING_GROUPS)];
      throw new KnownError(`the index setting ${name} is unknown${didYouMean(name, known)}`, {
        why: accepted
          ? 'a verdict may depend on it, and this release does not know what it does'
          : `Elasticsearch refuses it: unknown setting [${name}]`,
        help: 'docs/mappings.md lists the settings that are read',
      });
    }
    // A setting that is null has its default
    if (value === null) continue;
    const fault = valueFault(value, setting.value);
    if (fault !== undefined)
      throw new KnownError(`the index setting ${name} is ${fault}`, { why: 'Elasticsearch refuses it' });
    if (setting.use === 'refused' && !isHarmless(setting, value))
      throw new KnownError(`the index setting ${name} cannot be followed offline`, {
        why: `with it ${setting.why ?? ''}`,
        help: 'take it out of the settings to have verdicts without it',
      });
  }
}
