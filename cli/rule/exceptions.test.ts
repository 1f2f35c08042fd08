import { describe, expect, it } from 'vitest';
import { loadExceptionFile } from './exceptions.ts';

const file = (entry: string, more = ''): string => `[[exceptions]]
[exceptions.container]
name = "Build hosts"
description = "Machines that build"
type = "detection"
[[exceptions.items]]
name = "CI"
description = "x"
${more}
[[exceptions.items.entries]]
field = "host.name"
${entry}
`;
const MATCH = 'type = "match"\noperator = "included"\nvalue = "ci"';
const problems = (text: string): readonly string[] => loadExceptionFile('exceptions/x.toml', text).problems.map((one) => one.message); // prettier-ignore

describe('a file of exception lists', () => {
  it('is read as the API takes it, with the name of the file as list_id and an id made for the item', () => {
    const [list] = loadExceptionFile('exceptions/build_exceptions.toml', file(MATCH, 'expire_time = 2027-01-31T00:00:00Z')).lists; // prettier-ignore
    expect(list).toEqual({
      listId: 'build',
      namespace: 'single',
      document: {
        list_id: 'build',
        namespace_type: 'single',
        name: 'Build hosts',
        description: 'Machines that build',
        type: 'detection',
      },
      items: [
        {
          itemId: 'build-34f222338082',
          document: {
            item_id: 'build-34f222338082',
            list_id: 'build',
            namespace_type: 'single',
            type: 'simple',
            name: 'CI',
            description: 'x',
            expire_time: '2027-01-31T00:00:00.000Z',
            entries: [{ field: 'host.name', type: 'match', operator: 'included', value: 'ci' }],
          },
        },
      ],
    });
  });

  it.each([
    [MATCH],
    ['type = "match_any"\noperator = "excluded"\nvalue = ["a"]'],
    ['type = "wildcard"\noperator = "included"\nvalue = "a*"'],
    ['type = "exists"\noperator = "included"'],
    ['type = "list"\noperator = "included"\nlist = { id = "l", type = "ip" }'],
    ['type = "nested"\nentries = [{ field = "a", type = "match", operator = "included", value = "x" }]'],
  ])('may have the condition %j', (entry) => {
    expect(problems(file(entry))).toEqual([]);
  });

  it.each([
    ['type = "match"\noperator = "included"', 'a condition of type match needs one text as value'],
    ['type = "match"\noperator = "included"\nvalue = ["a"]', 'a condition of type match needs one text as value'],
    ['type = "match_any"\noperator = "included"\nvalue = []', 'a condition of type match_any needs a list of at least one text as value'], // prettier-ignore
    ['type = "exists"\noperator = "included"\nvalue = "a"', 'a condition of type exists has no value'],
    ['type = "list"\noperator = "included"', 'a condition of type list needs list'],
    ['type = "match"\nvalue = "a"', 'operator is missing'],
    ['type = "nested"\noperator = "included"\nentries = [{ field = "a", type = "exists", operator = "included" }]', 'a condition of type nested has no operator'], // prettier-ignore
    ['type = "nested"\nentries = [{ field = "a", type = "match", operator = "included" }]', 'a condition of type match needs one text as value'], // prettier-ignore
  ])('may not have the condition %j', (entry, message) => {
    expect(problems(file(entry))).toEqual([message]);
  });

  it('names what else is wrong', () => {
    expect(problems(file(MATCH, 'expire_time = "soon"'))).toEqual(['expire_time is no instant']);
    expect(problems(file(MATCH, 'list_id = "other"'))).toEqual(['this item is in the list x, not in other']);
    const item = `[[exceptions.items]]\nname = "CI"\ndescription = "y"\n[[exceptions.items.entries]]\nfield = "a"\n${MATCH}\n`;
    expect(problems(file(MATCH) + item)).toEqual(['two items have the same id']);
    expect(problems('x')).toHaveLength(1);
    expect(problems('[[exceptions]]\n')).toEqual(['exceptions[0].container is missing']);
    expect(loadExceptionFile('x.toml', new Uint8Array([255, 254])).problems).toHaveLength(1);
  });
});
