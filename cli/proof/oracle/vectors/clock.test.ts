import { describe, expect, it } from 'vitest';
import { atClock } from './clock.ts';

const NOW = Date.parse('2024-01-16T12:00:00Z');
const at = (query: string): string | undefined => atClock(query, NOW);

describe('atClock', () => {
  it('puts the instant where a bound has now, and keeps the spelling of numbers', () => {
    expect(at('{"bool":{"filter":[{"range":{"t":{"gte":"now-1d/d","lt":"now","boost":1.0}}}]}}')).toBe(
      '{"bool":{"filter":[{"range":{"t":{"gte":"2024-01-16T12:00:00.000Z||-1d/d","lt":"2024-01-16T12:00:00.000Z||","boost":1.0}}}]}}',
    );
  });

  it('leaves a query without now as it is written', () => {
    expect(at('{"term": {"a": "known"}}')).toBe('{"term": {"a": "known"}}');
  });

  it('cannot ask what reads now in another place', () => {
    expect(at('{"range":{"t":{"gte":"now","format":"epoch_second"}}}')).toBeUndefined();
    expect(at('{"query_string":{"query":"t:[now-1d TO *]"}}')).toBeUndefined();
  });
});
