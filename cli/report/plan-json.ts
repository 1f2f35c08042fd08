import type { Plan } from '../kibana/plan/plan.ts';
import { escaped } from './json.ts';

/** The plan itself, as `dac plan --out` also writes it. */
export const planJson = (plan: Plan): string => `${escaped(JSON.stringify(plan, null, 2))}\n`;
