import { expect, it } from 'vitest';
import { javaTrim } from './java-trim.ts';

it.each([
  [' \t\n\0a b\x1f ', 'a b'],
  ['\u00a0a\u3000', '\u00a0a\u3000'],
  [' \u001c', ''],
  ['', ''],
])('trims %j as Java does', (written, trimmed) => {
  expect(javaTrim(written)).toBe(trimmed);
});
