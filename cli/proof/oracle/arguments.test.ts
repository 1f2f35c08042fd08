import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

const env = { A: 'b' };
const read = (...args: string[]) => readArguments(args, { env, freshSeed: () => 42 });

describe('readArguments', () => {
  it('reads what is to be done, and where', () => {
    expect(read('start')).toEqual({ command: { does: 'start' }, json: false, target: { env } });
    expect(read('stop', '--server-version', '8.18.8')?.target).toEqual({ env, version: '8.18.8' });
    expect(read('../x', '--format', 'json', '--against', 'http://localhost:9200')).toEqual({
      command: { does: 'vectors', folder: '../x', gate: false },
      json: true,
      target: { env, against: 'http://localhost:9200' },
    });
  });

  it('reads whether every suite counts, or those that are held', () => {
    expect(read('../x', '--gate')?.command).toEqual({ does: 'vectors', folder: '../x', gate: true });
  });

  it('reads what is asked at random; a seed is made where none is given', () => {
    const fuzz = { does: 'fuzz', seconds: 30, seed: 42, languages: ['dsl', 'lucene', 'kql'], record: false };
    expect(read('--fuzz', '30')?.command).toEqual(fuzz);
    expect(read('--fuzz', '30', '--seed', '7', '--language', 'kql', '--record')?.command).toEqual({
      ...fuzz,
      seed: 7,
      languages: ['kql'],
      record: true,
    });
  });

  it.each([
    [[]],
    [['a', 'b']],
    [['a', '--format', 'xml']],
    [['a', '--odd']],
    [['a', '--seed', '1']],
    [['--fuzz', '0']],
    [['--fuzz', '1.5']],
    [['--fuzz', '5', '--seed', 'x']],
    [['--fuzz', '5', '--language', 'eql']],
    [['--fuzz', '5', 'start']],
    [['--fuzz', '5', '--gate']],
    [['stop', '--gate']],
    [['status', '--format', 'json']],
    [['start', '--format', 'text']],
    [['stop', '--against', 'http://localhost:9200']],
  ])('does not take %j', (args) => {
    expect(read(...args)).toBeUndefined();
  });
});
