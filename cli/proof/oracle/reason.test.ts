import { describe, expect, it } from 'vitest';
import { reasonOf } from './reason.ts';

describe('reasonOf', () => {
  it('is the innermost reason that speaks of the input', () => {
    const body = {
      error: {
        reason: 'all shards failed',
        failed_shards: [
          {
            reason: {
              reason: 'failed to create query',
              caused_by: {
                reason: 'failed to parse date field [x] with format [epoch_millis]',
                caused_by: { reason: 'Failed to parse with all enclosed parsers' },
              },
            },
          },
        ],
      },
    };
    expect(reasonOf(body)).toBe('failed to parse date field [x] with format [epoch_millis]');
  });

  it('is the text of an error without a reason, or the body', () => {
    expect(reasonOf({ error: 'Incorrect HTTP method' })).toBe('Incorrect HTTP method');
    expect(reasonOf({ odd: 1 })).toBe('{"odd":1}');
    expect(reasonOf(null)).toBe('null');
  });
});
