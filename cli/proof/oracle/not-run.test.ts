import { describe, expect, it } from 'vitest';
import { NotRun, notRunOf } from './not-run.ts';

const fault = (code: string): Error => Object.assign(new Error(code), { code, path: '/cache' });

describe('notRunOf', () => {
  it('reads what the machine lacks as a reason', () => {
    expect(notRunOf(new NotRun('no Java 21'))).toEqual({ notRun: 'no Java 21' });
    expect(notRunOf(fault('ENOSPC'))).toEqual({ notRun: '/cache has no space left' });
    expect(notRunOf(fault('EROFS'))).toEqual({ notRun: '/cache may not be written' });
  });

  it('never hides a bug', () => {
    expect(() => notRunOf(new TypeError('x is not a function'))).toThrow('x is not a function');
    expect(() => notRunOf(fault('ENOENT'))).toThrow('ENOENT');
  });
});
