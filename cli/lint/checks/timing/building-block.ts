import type { RuleCheck } from '../../check.ts';
import { duration, seconds } from '../../knowledge/durations.ts';

const LEAST_INTERVAL = 3600;
const LEAST_LOOKBACK = 7140;

export const check: RuleCheck = {
  id: 'timing/building-block',
  severity: 'warning',
  summary: 'A building block runs once an hour at most, and looks back two.',
  run({ file, body, metadata }) {
    if (body['building_block_type'] === undefined || metadata['bypass_bbr_timing'] === true) return [];
    const every = seconds(body.interval ?? '5m');
    const back = seconds(body.from ?? 'now-6m');
    const why =
      'building blocks are many and raise many alerts that nobody reads one by one, so they should cost little';
    const help = 'write from = "now-119m" and interval = "60m", or bypass_bbr_timing = true in [metadata]';
    return [
      ...(every === undefined || every >= LEAST_INTERVAL
        ? []
        : [
            {
              message: `a building block that runs every ${duration(every)}`,
              span: file.valueSpan(['rule', body.interval === undefined ? 'building_block_type' : 'interval']),
              why,
              help,
            },
          ]),
      ...(back === undefined || back >= LEAST_LOOKBACK
        ? []
        : [
            {
              message: `a building block that looks back ${duration(back)}`,
              span: file.valueSpan(['rule', body.from === undefined ? 'building_block_type' : 'from']),
              why,
              help,
            },
          ]),
    ];
  },
};
