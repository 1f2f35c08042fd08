/** A part of dotted identifiers may have this many; a version with more is treated as text that is no version. */
const MAX_IDENTIFIERS = 32;

const NUMBER = '(?:0|[1-9]\\d*)';
const MAIN = new RegExp(`^${NUMBER}(?:\\.${NUMBER}){0,${MAX_IDENTIFIERS - 1}}$`);
const IDENTIFIER = /^(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)$/;
const BUILD = /^[0-9A-Za-z-]+$/;

/** Sorts before everything that a legal part can hold. */
const NUMERIC = '\u0001';
const PRERELEASE = '\u0002';
const RELEASE = '\u0003';

/** A run of digits with its length before it, so that text order is the order of the numbers; at most 127 digits. */
const number = (digits: string): string => `${NUMERIC}${String.fromCharCode(digits.length | 0x80)}${digits}`;

/**
 * The text whose order is the order of the `version` field: numbers by value, a pre-release before its release, then build
 * suffixes as text; whatever is no version sorts after all that are
 * (elasticsearch:x-pack/plugin/mapper-version/src/main/java/org/elasticsearch/xpack/versionfield/VersionEncoder.java).
 */
function encode(version: string): string {
  const plus = version.indexOf('+');
  const build = plus > 0 ? version.slice(plus) : '';
  const rest = plus > 0 ? version.slice(0, plus) : version;
  const dash = rest.indexOf('-');
  const main = dash > 0 ? rest.slice(0, dash) : rest;
  const identifiers = dash > 0 ? rest.slice(dash + 1).split('.') : [];
  const builds = build === '' ? [] : build.slice(1).split('.');
  const legal =
    MAIN.test(main) &&
    identifiers.length <= MAX_IDENTIFIERS &&
    identifiers.every((one) => IDENTIFIER.test(one)) &&
    builds.length <= MAX_IDENTIFIERS &&
    builds.every((one) => BUILD.test(one)) &&
    !/\d{128}/.test(rest);
  if (!legal) return version === '' ? RELEASE : version;
  const before = identifiers.map((one) => (/^\d+$/.test(one) ? number(one) : one)).join('.');
  return main.replace(/\d+/g, number) + (dash > 0 ? `${PRERELEASE}-${before}` : RELEASE) + build;
}

/** Negative, zero or positive, as `a` sorts before, with or after `b`. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [encode(a), encode(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Whether the target is older than a version. Without a target the newest is meant. */
export const olderThan = (stack: string | undefined, version: string): boolean =>
  stack !== undefined && compareVersions(padded(stack), padded(version)) < 0;

const padded = (version: string): string => (/^\d+\.\d+$/.test(version) ? `${version}.0` : version);
