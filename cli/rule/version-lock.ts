import { isJsonObject, own, type JsonObject } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';

/** `version.lock.json` of repositories that keep versions apart from the rules: rule id → {version, …}. */
export type VersionLock = JsonObject;

/** Reads a version lock. Throws a KnownError if it is no JSON object. */
export function readVersionLock(path: string, text: string): VersionLock {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new KnownError('the version lock is not JSON', {
      place: { path },
      cause,
      help: 'restore it from the last commit',
    });
  }
  if (!isJsonObject(value)) throw new KnownError('the version lock is not a JSON object', { place: { path } });
  return value;
}

/** Version of a rule in the lock; undefined if it has none. */
export function lockedVersion(lock: VersionLock, ruleId: string): number | undefined {
  const entry = own(lock, ruleId);
  const version = isJsonObject(entry) ? own(entry, 'version') : undefined;
  return typeof version === 'number' ? version : undefined;
}
