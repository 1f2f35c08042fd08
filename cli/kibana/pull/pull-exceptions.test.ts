import { describe, expect, it } from 'vitest';
import { loadExceptionFile } from '../../rule/exceptions.ts';
import type { JsonObject } from '../../text/json.ts';
import { draftList, mergeList } from './pull-exceptions.ts';
import type { PullOptions } from './pull.ts';

const options: PullOptions = {
  marker: 'm',
  rulesRoot: 'rules',
  exceptionsRoot: 'exceptions',
  taken: new Set(),
  keep: [],
  today: '2026/01/02',
  space: 'space "soc"',
  chosen: () => true,
  named: false,
  onlyNew: false,
};

const list: JsonObject = {
  id: '1', _version: 'x', list_id: 'build-hosts', name: 'Build hosts', description: 'CI', type: 'detection', namespace_type: 'single',
  tags: ['m', 'dac-applied: 1 name=0123456789abcdef'], os_types: [], version: 2, immutable: false, tie_breaker_id: 't', created_at: '2026-02-03T00:00:00.000Z',
}; // prettier-ignore
const item = (item_id: string, value: string): JsonObject => ({
  id: 'i', item_id, list_id: 'build-hosts', name: `Runner ${item_id}`, description: '', type: 'simple', namespace_type: 'single',
  tags: ['m', 'dac-applied: 1 name=0123456789abcdef'], os_types: [], comments: [{ comment: 'why', id: 'c', created_by: 'u' }],
  entries: [{ field: 'host.name', type: 'match', operator: 'included', value }, { field: 'a', type: 'nested', entries: [{ field: 'b', type: 'exists', operator: 'included' }] }],
}); // prettier-ignore

describe('an exception list of the space', () => {
  it('becomes a file that gives the same list again', () => {
    const change = draftList({ list, items: [item('b', '2'), item('a', '1')] }, options);
    expect(change.path).toBe('exceptions/build_hosts.toml');
    const { lists, problems } = loadExceptionFile(change.path, change.text);
    expect(problems).toEqual([]);
    expect(lists).toEqual([
      {
        listId: 'build-hosts',
        namespace: 'single',
        document: { list_id: 'build-hosts', name: 'Build hosts', description: 'CI', type: 'detection', namespace_type: 'single' },
        items: ['a', 'b'].map((id) => ({
          itemId: id,
          document: {
            item_id: id, list_id: 'build-hosts', name: `Runner ${id}`, description: '', type: 'simple', namespace_type: 'single',
            comments: [{ comment: 'why' }], entries: item(id, id === 'a' ? '1' : '2')['entries'],
          },
        })),
      },
    ]); // prettier-ignore
  });

  it('changes its file in what differs, and takes up items that were added', () => {
    const before = draftList({ list, items: [item('a', '1')] }, options).text.replace('value = "1"', 'value = "1" # ours');
    const local = { path: 'exceptions/x.toml', listId: 'build-hosts', index: 0, itemIds: ['a'] };
    const remote = { list: { ...list, description: 'CI runners' }, items: [item('a', '3'), item('z', '9')] };
    const change = mergeList(before, local, remote, { ...options, take: () => true });
    expect(change?.taken).toEqual(['description', 'Runner a: entries', '+ Runner z']);
    expect(change?.text).toContain('description = "CI runners"\n');
    expect(change?.text).toContain('value = "3" # ours\n');
    const { lists, problems } = loadExceptionFile('x.toml', change?.text ?? '');
    expect(problems).toEqual([]);
    expect(lists[0]?.items.map((one) => one.itemId)).toEqual(['a', 'z']);
    expect(mergeList(change?.text ?? '', { ...local, itemIds: ['a', 'z'] }, remote, { ...options, take: () => true })).toBe(undefined);
    expect(mergeList(before, local, remote, { ...options, take: () => false })).toBe(undefined);
  }); // prettier-ignore
});
