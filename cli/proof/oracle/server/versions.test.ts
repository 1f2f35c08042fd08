import { describe, expect, it } from 'vitest';
import { NotRun } from '../not-run.ts';
import { DEFAULT_VERSION, SERVER_VERSIONS, serverVersion } from './versions.ts';

describe('serverVersion', () => {
  it('is 9.2.0 where none is asked for', () => {
    expect(serverVersion()).toEqual({ version: '9.2.0', java: 21 });
    expect(SERVER_VERSIONS.map(({ version }) => version)).toContain(DEFAULT_VERSION);
  });

  it('takes a line for the version that is known of it', () => {
    expect(serverVersion('8.18')).toEqual({ version: '8.18.8', java: 17 });
  });

  it('tries another version with the Java of its line', () => {
    expect(serverVersion('9.2.7')).toEqual({ version: '9.2.7', java: 21 });
    expect(serverVersion('8.19.1')).toEqual({ version: '8.19.1', java: 17 });
  });

  it.each([
    ['nine', '"nine" is no version of Elasticsearch; write one such as 9.2.0'],
    ['../x', '"../x" is no version of Elasticsearch; write one such as 9.2.0'],
    ['7.17.29', 'Elasticsearch 7.17.29 starts in another way than 8.18 and later, which the launcher knows'],
    ['8.17.0', 'Elasticsearch 8.17.0 starts in another way than 8.18 and later, which the launcher knows'],
    ['9.7', 'no version of the line 9.7 is known; write it whole'],
  ])('does not run %s', (asked, reason) => {
    expect(() => serverVersion(asked)).toThrow(new NotRun(reason));
  });
});
