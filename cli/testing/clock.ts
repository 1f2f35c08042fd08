const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** The instant of `clock = "2026-01-31T12:00:00Z"` in epoch milliseconds; undefined without a zone, or if it is none. */
export function parseClock(text: string): number | undefined {
  if (!INSTANT.test(text)) return undefined;
  const at = Date.parse(text.replace(' ', 'T'));
  return Number.isNaN(at) ? undefined : at;
}
