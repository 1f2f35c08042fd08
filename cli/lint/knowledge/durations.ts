const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** What Kibana takes when a rule does not say. */
export const DEFAULT_FROM = 'now-6m';
export const DEFAULT_INTERVAL = '5m';

/** Seconds of `5m` or of the look-back `now-9m`; undefined for anything else, months and years included. */
export function seconds(text: string): number | undefined {
  const found = /^(?:now-)?(\d{1,9})([smhdw])$/.exec(text);
  return found === null ? undefined : Number(found[1]) * (UNITS[found[2] ?? ''] ?? 0);
}

/** Seconds as people write them: `540` is `9m`. */
export const duration = (n: number): string =>
  n % 86_400 === 0 ? `${n / 86_400}d` : n % 3600 === 0 ? `${n / 3600}h` : n % 60 === 0 ? `${n / 60}m` : `${n}s`;
