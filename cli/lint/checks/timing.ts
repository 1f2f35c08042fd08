import type { Check } from '../check.ts';

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86400, w: 604800 };
const seconds = (text: string | undefined): number | undefined => {
  const found = /^(?:now-)?(\d+)([smhdw])$/.exec(text ?? '');
  return found === null ? undefined : Number(found[1]) * (UNITS[found[2] ?? ''] ?? 0);
};
const spell = (n: number): string => (n % 3600 === 0 ? `${n / 3600}h` : n % 60 === 0 ? `${n / 60}m` : `${n}s`);

export const timingChecks: readonly Check[] = [
  {
    id: 'timing/from-format',
    severity: 'error',
    summary: 'The begin of the search is written now-<n><unit>.',
    run(file) {
      const from = file.rule?.body.from;
      if (from === undefined || /^now-\d+[yMwdhHms]$/.test(from)) return [];
      return [
        {
          id: 'timing/from-format',
          severity: 'error',
          message: `from is ${JSON.stringify(from)}`,
          span: file.valueSpan(['rule', 'from']),
          why: 'Kibana shows and edits only look-backs of this form',
          help: 'write now-9m, now-1h or now-7d',
        },
      ];
    },
  },
  {
    id: 'timing/gap',
    severity: 'error',
    summary: 'A run looks back at least as far as the last one.',
    run(file) {
      const body = file.rule?.body;
      if (body === undefined || (body.to !== undefined && body.to !== 'now')) return [];
      const [back, every] = [seconds(body.from ?? 'now-6m'), seconds(body.interval ?? '5m')];
      if (back === undefined || every === undefined || back > every) return [];
      const gap = back < every;
      return [
        {
          id: 'timing/gap',
          severity: gap ? 'error' : 'warning',
          message: gap ? 'events between two runs are never searched' : 'look-back leaves no room for late events',
          span: file.valueSpan(['rule', body.from === undefined ? 'interval' : 'from']),
          label: `every ${spell(every)} over the last ${spell(back)}`,
          why: gap
            ? `each run leaves out ${spell(every - back)}`
            : 'an event that arrives after the run that should have seen it is never seen',
          help: `use from = "now-${spell(every + 240)}"`,
        },
      ];
    },
  },
];
