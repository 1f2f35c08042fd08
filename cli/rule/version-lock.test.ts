import { expect, it } from 'vitest';
import { KnownError } from '../text/known-error.ts';
import { lockedVersion, readVersionLock } from './version-lock.ts';

it('knows the version of an id, and of no inherited name', () => {
  const lock = readVersionLock('version.lock.json', '{"a":{"version":4},"b":{"version":"4"},"c":4}');
  expect(['a', 'b', 'c', 'd', 'constructor', '__proto__'].map((id) => lockedVersion(lock, id))).toEqual([
    4,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

it.each(['{', '[]', '"x"'])('refuses %s', (text) => {
  expect(() => readVersionLock('version.lock.json', text)).toThrow(KnownError);
});
