import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../text/json.ts';
import { packageRoot } from '../text/package-root.ts';
import { walk } from '../text/walk.ts';
import { oneLine, toApi } from './api.ts';
import { draftDocument, fileValue, proseText } from './file-form.ts';
import { loadRuleFile } from './load.ts';
import { writeToml } from './toml/write.ts';

const options = { today: '2026/01/02', leaveOut: new Set<string>() };

/** Without what the server fills in to the same effect. */
const meant = (api: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(api).filter(
      ([key, value]) =>
        !(Array.isArray(value) && value.length === 0) &&
        !(key === 'max_signals' && value === 100) &&
        !(key === 'enabled' && value === false) &&
        !(key === 'to' && value === 'now'),
    ),
  );

describe('a rule of Kibana as a file', () => {
  const files = walk(join(packageRoot(), 'rules'), /\.toml$/);

  it('gives the same rule again, for every rule of this repository', () => {
    expect(files.length).toBeGreaterThan(0);
    for (const path of files) {
      const { rule } = loadRuleFile(path, readFileSync(path, 'utf8'));
      if (rule === undefined) continue;
      const api = toApi(rule);
      const written = loadRuleFile(path, writeToml(draftDocument(api, options)));
      expect(written.problems).toEqual([]);
      expect(written.rule === undefined ? undefined : meant(toApi(written.rule))).toEqual(meant(api));
    }
  });

  it('nests new terms, and leaves out what is empty or filled in', () => {
    const api: JsonObject = {
      name: 'New', type: 'new_terms', new_terms_fields: ['host.id'], history_window_start: 'now-7d', setup: '', tags: [],
      author: [], max_signals: 100, to: 'now', enabled: false, query: '', note: null, updated_at: '2026-03-04T05:06:07.000Z',
      threat: [{ framework: 'F', technique: [] }], actions: [{ id: 'a', uuid: 'u' }],
      related_integrations: [{ package: 'aws', version: '^1' }, { package: 'aws', version: '^1', integration: 'x' }],
    }; // prettier-ignore
    expect(draftDocument(api, { ...options, leaveOut: new Set(['updated_at']) })).toEqual({
      metadata: { creation_date: '2026/01/02', integration: ['aws'], maturity: 'production', updated_date: '2026/03/04' },
      rule: {
        name: 'New', type: 'new_terms', author: [], query: '', threat: [{ framework: 'F' }], actions: [{ id: 'a' }],
        new_terms: { field: 'new_terms_fields', value: ['host.id'], history_window_start: [{ field: 'history_window_start', value: 'now-7d' }] },
        related_integrations: api['related_integrations'],
      },
    }); // prettier-ignore
  });

  it('keeps the flat form of new terms in a file that has it', () => {
    const api = { new_terms_fields: ['a'], history_window_start: 'now-7d' };
    const file = { rule: { new_terms_fields: ['b'], history_window_start: 'now-9d' } };
    expect(fileValue('history_window_start', api, file)).toEqual({
      pointer: ['rule', 'history_window_start'],
      value: 'now-7d',
    });
  });

  it('leaves the ids of exception lists to the space, and to the file that has them', () => {
    const list = { id: 'of the space', list_id: 'l', namespace_type: 'single', type: 'detection' };
    const bare = { list_id: 'l', namespace_type: 'single', type: 'detection' };
    const api = { exceptions_list: [list, { ...list, namespace_type: 'agnostic' }] };
    expect(fileValue('exceptions_list', api).value).toEqual([bare, { ...bare, namespace_type: 'agnostic' }]);
    const file = { rule: { exceptions_list: [{ ...bare, id: 'of the file' }] } };
    expect(fileValue('exceptions_list', api, file).value).toEqual([
      { ...bare, id: 'of the file' },
      { ...bare, namespace_type: 'agnostic' },
    ]);
  });

  it('puts the placeholders of the guide back', () => {
    const transform = { osquery: [{ label: 'A $& b', query: 'select 1' }] };
    const note = 'Run !{osquery{"label":"A $& b","query":"select 1"}} now';
    expect(fileValue('note', { note }, { rule: {}, transform }).value).toBe('Run ${osquery_0} now');
    expect(fileValue('note', { note }, { rule: {} }).value).toBe(note);
  });
});

describe('prose', () => {
  it('is wrapped only where unwrapping gives the same text', () => {
    const text = fc.array(fc.constantFrom('word', 'a', 'b  c', ' ', '\n', 'x'.repeat(130)), { maxLength: 60 });
    fc.assert(
      fc.property(text, (words) => {
        const prose = oneLine(words.join(' '));
        expect(oneLine(proseText(prose, 14))).toBe(prose);
      }),
    );
    expect(proseText('word '.repeat(40).trim(), 14).split('\n')).toHaveLength(3);
    expect(proseText('short', 14)).toBe('short');
  });
});
