import { ids } from '../lint/registry.ts';
import { isJsonObject, type Json } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';
import { didYouMean } from '../text/suggest.ts';
import type { Config } from './configuration.ts';
import type { Setting } from './settings.ts';

/** Ids of checks as flags and the configuration name them; a misspelt one would choose nothing, or switch nothing off. */
const IDS: ReadonlySet<string> = new Set(ids.map((one) => one.id));
const CATEGORIES: ReadonlySet<string> = new Set([...IDS].map((id) => id.split('/')[0] ?? ''));

/** Throws a KnownError for the first name that is neither an id nor, where those are allowed, a category. */
export function refuseUnknownIds(
  config: Config,
  flags: { readonly only?: readonly string[]; readonly skip?: readonly string[] },
): void {
  refuse(flags.only ?? [], '--only', true);
  refuse(flags.skip ?? [], '--skip', true);
  for (const setting of config.settings) {
    if (setting.key === 'lint.disable') refuse(texts(setting.value), placeOf(setting), true);
    if (setting.key === 'lint.severity') refuse(keys(setting.value), placeOf(setting), false);
  }
  for (const { disable, severity, line } of config.overrides) {
    const place = `${config.path ?? 'dac.toml'}:${line}: overrides`;
    refuse(disable ?? [], place, true);
    refuse(Object.keys(severity ?? {}), place, false);
  }
}

function refuse(names: readonly string[], place: string, categories: boolean): void {
  for (const name of names) {
    if (IDS.has(name) || (categories && CATEGORIES.has(name))) continue;
    const known = categories ? [...IDS, ...CATEGORIES] : IDS;
    throw new KnownError(`${place}: there is no check ${name}${didYouMean(name, known)}`, {
      help: 'dac explain lists them all',
    });
  }
}

const texts = (value: Json): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
const keys = (value: Json): readonly string[] => (isJsonObject(value) ? Object.keys(value) : []);

function placeOf({ key, origin }: Setting): string {
  switch (origin.kind) {
    case 'file':
      return `${origin.path}:${origin.line}: ${key}`;
    case 'environment':
      return origin.name;
    case 'flag':
    case 'default':
      return key;
  }
}
