import { describe, expect, it } from 'vitest';
import { loadExceptionFile } from '../../rule/exceptions.ts';
import type { DesiredRule } from './desired.ts';
import { listsOf, referenceFaults, wantedLists, wantedValueLists } from './lists.ts';

const list = (listId: string, items: readonly string[] = [], more = ''): string => `[[exceptions]]
[exceptions.container]
list_id = "${listId}"
name = "L"
description = "d"
type = "detection"
${more}
${items
  .map((id) => `[[exceptions.items]]\nitem_id = "${id}"\nname = "I"\ndescription = "d"\n[[exceptions.items.entries]]\nfield = "a"\ntype = "exists"\noperator = "included"\n`)
  .join('')}`; // prettier-ignore

describe('exception lists that the repository wants', () => {
  const of = (...texts: readonly string[]) =>
    wantedLists(texts.map((text, at) => loadExceptionFile(`exceptions/${'abc'[at] ?? ''}.toml`, text)));

  it('are those of all files, with their items', () => {
    const { lists, findings } = of(
      `${list('one', ['x', 'y'])}\n${list('two')}`,
      list('three', [], 'namespace_type = "agnostic"'),
    );
    expect(findings).toEqual([]);
    expect(
      lists.map(({ listId, namespace, path, items }) => [listId, namespace, path, items.map((one) => one.itemId)]),
    ).toEqual([
      ['one', 'single', 'exceptions/a.toml', ['x', 'y']],
      ['two', 'single', 'exceptions/a.toml', []],
      ['three', 'agnostic', 'exceptions/b.toml', []],
    ]);
  });

  it('once each: a second list or item of the same id is a fault and left out', () => {
    const { lists, findings } = of(list('one', ['x']), `${list('one', ['z'])}\n${list('two', ['x', 'y'])}`);
    expect(lists.map(({ listId, items }) => [listId, items.map((one) => one.itemId)])).toEqual([
      ['one', ['x']],
      ['two', ['y']],
    ]);
    expect(findings.map(({ id, path, message }) => [id, path, message])).toEqual([
      ['publish/same-id', 'exceptions/b.toml', 'exceptions/a.toml has the same list_id one'],
      ['publish/same-id', 'exceptions/b.toml', 'exceptions/a.toml has the same item_id x'],
    ]);
  });

  it('under an id that Kibana finds again', () => {
    const { lists, findings } = of(list('my list', ['x']), list('a-b_c.d', ['a*', '-b', 'c-']));
    expect(lists.map(({ listId, items }) => [listId, items.map((one) => one.itemId)])).toEqual([['a-b_c.d', ['c-']]]);
    expect(findings.map(({ id, path, message }) => [id, path, message])).toEqual([
      ['publish/list-id', 'exceptions/a.toml', expect.stringContaining('the list_id my list holds a blank')],
      ['publish/list-id', 'exceptions/b.toml', expect.stringContaining('the item_id a* holds')],
      ['publish/list-id', 'exceptions/b.toml', expect.stringContaining('the item_id -b holds')],
    ]);
  });

  it('of the same id in the space and in all spaces are two lists', () => {
    const { lists, findings } = of(list('one', ['x']), list('one', ['x'], 'namespace_type = "agnostic"'));
    expect([lists.length, findings]).toEqual([2, []]);
  });

  it('not at all of a file that is none, whose problems are told with its path', () => {
    const { lists, findings } = of('[[exceptions]]\n[exceptions.container]\nname = 1\n', list('one'));
    expect(lists.map((one) => one.listId)).toEqual(['one']);
    expect(new Set(findings.map((one) => one.path))).toEqual(new Set(['exceptions/a.toml']));
  });
});

describe('value lists that the repository wants', () => {
  const of = (...files: readonly (readonly [string, string])[]) =>
    wantedValueLists(files.map(([path, text]) => ({ path, text })));

  it('have their id and type from the name of the file, and each value once', () => {
    expect(of(['value-lists/sub/ci.hosts.keyword.txt', '\ufeffb\r\n a \n\nb\n']).lists).toEqual([
      { id: 'ci.hosts', type: 'keyword', path: 'value-lists/sub/ci.hosts.keyword.txt', values: ['a', 'b'] },
    ]);
    expect(of(['v/empty.ip.txt', '']).lists).toEqual([{ id: 'empty', type: 'ip', path: 'v/empty.ip.txt', values: [] }]);
  });

  it.each([
    ['hosts.txt', 'the name of this file does not say which list it is'],
    ['hosts.keywrd.txt', 'there is no type keywrd of value lists, did you mean "keyword"?'],
    ['a/hosts.ip.txt', 'v/hosts.keyword.txt is the same list hosts'],
  ])('are not those of %s', (path, message) => {
    const { lists, findings } = of(['v/hosts.keyword.txt', 'a'], [`v/${path}`, 'b']);
    expect(lists.map((one) => one.path)).toEqual(['v/hosts.keyword.txt']);
    expect(findings.map((one) => [one.id, one.path, one.severity, one.message])).toEqual([
      ['publish/value-list', `v/${path}`, 'error', message],
    ]);
  });

  it('holds values that fit its type', () => {
    const text = '10.0.0.1\n  no address\r\n\ufeff::1\n10.0.0.0/8\n';
    const { lists, findings } = of(['v/a.ip.txt', text], ['v/b.ip_range.txt', '10.0.0.1\n10.0.0.0/8']);
    expect(
      findings.map(({ id, path, message, span }) => [id, path, message, text.slice(span.start, span.end)]),
    ).toEqual([
      ['publish/value-list', 'v/a.ip.txt', 'this value is no IP address', 'no address'],
      ['publish/value-list', 'v/a.ip.txt', 'this value is no IP address', '10.0.0.0/8'],
    ]);
    expect(lists[1]?.values).toEqual(['10.0.0.0/8', '10.0.0.1-10.0.0.1']);
    const many = of(['v/a.ip.txt', 'x\n'.repeat(12)]).findings.map((one) => one.message);
    expect([many.length, many.at(-1)]).toEqual([10, 'this value is no IP address (and 2 more values)']);
  });

  it('fit into one import of Kibana', () => {
    const most = 9_000_000;
    const text = `${'x'.repeat(8999)}\n`.repeat(most / 9000);
    expect(of(['v/a.keyword.txt', text]).findings).toEqual([]);
    expect(of(['v/a.keyword.txt', `${text.slice(2)}é\n`]).findings.map((one) => one.message)).toEqual([
      'the list is larger than 9,000,000 bytes',
    ]);
  });
});

describe('references of rules to lists', () => {
  const rule = (name: string, exceptions_list: DesiredRule['document'][string]): DesiredRule => ({
    ruleId: name,
    name,
    path: `rules/${name}.toml`,
    document: { exceptions_list },
  });
  const own = { list_id: 'own', type: 'rule_default' };
  const shared = { list_id: 'shared', type: 'detection' };

  it('are read as far as they are there', () => {
    expect(listsOf(rule('a', [own, { list_id: 'plain' }, { type: 'detection' }, 'x']))).toEqual([
      { listId: 'own', type: 'rule_default' },
      { listId: 'plain', type: 'detection' },
    ]);
    expect(listsOf({ ...rule('a', []), document: {} })).toEqual([]);
  });

  it('to shared lists and to one list of the own kind are right', () => {
    expect(referenceFaults([rule('a', [own, shared]), rule('b', [shared])])).toEqual([]);
  });

  it('to two lists of the own kind, or to that of another rule, are faults', () => {
    const faults = referenceFaults([
      rule('a', [own]),
      rule('b', [shared, own]),
      rule('c', [
        { ...own, list_id: 'x' },
        { ...own, list_id: 'y' },
      ]),
    ]);
    expect(faults.map(({ id, path, message, why }) => [id, path, message, why])).toEqual([
      [
        'publish/default-list',
        'rules/b.toml',
        'rules/a.toml has the same list own of type rule_default',
        'such a list belongs to one rule: Kibana answers 409',
      ],
      [
        'publish/default-list',
        'rules/c.toml',
        'the rule has two lists of type rule_default, x and y',
        'Kibana answers 500 and stores nothing',
      ],
    ]);
  });
});
