import type { Bench } from './bench.ts';
import { conditions } from './conditions.ts';
import { kql } from './kql.ts';
import { sequences } from './sequences.ts';

export const benches: readonly Bench[] = [...conditions, kql, ...sequences];
