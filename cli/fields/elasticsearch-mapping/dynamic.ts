import type { Json } from '../../text/json.ts';
import type { Dynamic } from '../mapping.ts';

const DYNAMIC = new Set<string>(['true', 'false', 'strict', 'runtime']);
const isDynamic = (text: string): text is Dynamic => DYNAMIC.has(text);

export function dynamicOf(value: Json | undefined): Dynamic | undefined {
  const text = typeof value === 'boolean' ? String(value) : typeof value === 'string' ? value : '';
  return isDynamic(text) ? text : undefined;
}
