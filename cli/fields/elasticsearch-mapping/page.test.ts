import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../text/package-root.ts';
import { SETTINGS } from './index-settings.ts';
import { mappingTables, withTables } from './page.ts';
import { REFUSED_TYPES, RUN_TYPES } from './types.ts';

describe('docs/mappings.md', () => {
  const page = readFileSync(join(packageRoot(), 'docs/mappings.md'), 'utf8');

  it('has the tables that the reader of mappings obeys (npm run schemas)', () => {
    expect(page).toContain(`\n${mappingTables()}\n`);
    expect(withTables(page)).toBe(page);
  });

  it('names every type, parameter and setting', () => {
    const tables = mappingTables();
    const all = [
      ...Object.keys(RUN_TYPES),
      ...Object.keys(REFUSED_TYPES),
      ...Object.values(RUN_TYPES).flatMap(({ parameters }) => Object.keys(parameters)),
      ...Object.keys(SETTINGS),
    ];
    expect(all.filter((name) => !tables.includes(`\`${name}\``))).toEqual([]);
  });

  it('has no type in two classes', () => {
    expect(Object.keys(RUN_TYPES).filter((name) => Object.hasOwn(REFUSED_TYPES, name))).toEqual([]);
  });
});
