import { describe, expect, it } from 'vitest';
import type { Event } from '../fields/event.ts';
import { mappingFromElasticsearch } from '../fields/elasticsearch-mapping.ts';
import { inspectQuery } from '../query/inspect.ts';
import { isJsonObject, own } from '../text/json.ts';
import { queryJson, queryPage } from './query-page.ts';

const mapping = mappingFromElasticsearch({
  properties: {
    '@timestamp': { type: 'date' },
    event: { properties: { category: { type: 'keyword' } } },
    u: { type: 'keyword' },
  },
});
const event = (id: string, second: number, category: string, u: string): Event => ({
  index: '',
  id,
  source: { '@timestamp': `2024-01-01T00:00:0${second}Z`, event: { category }, u },
  ordinal: second,
});
const text = 'sequence by u with maxspan=3s [a where true] [b where true] until [c where u == "x"]';
const inspect = (...events: readonly Event[]) => inspectQuery('eql', text, { mapping, now: 0 }, events);

describe('a sequence', () => {
  it('is shown term by term, with that of until last', () => {
    const page = queryPage(inspect());
    expect(page).toContain(
      [
        'tree',
        '  sequence',
        '    event.category: term "a"',
        '    event.category: term "b"',
        '    bool',
        '      must',
        '        event.category: term "c"',
        '        u: term "x"',
      ].join('\n'),
    );
    expect(inspect().dsl).toHaveLength(3);
    expect(page).toMatch(/\n0 groups\n$/);
    expect(page).not.toContain('[1]');
  });

  it('has its groups', () => {
    const found = inspect(event('one', 1, 'a', 'x'), event('two', 2, 'b', 'x'));
    expect(queryPage(found)).toMatch(/\n✔ \["x"\] one, two\n1 group\n$/);
    expect(queryJson(found)).toMatchObject({ groups: [{ key: ['x'], events: ['one', 'two'] }] });
    expect(queryJson(found)).not.toHaveProperty('furthest');
  });

  it('says how far the events get when it finds none', () => {
    const none = inspect(event('one', 1, 'a', 'x'), event('two', 5, 'b', 'x'));
    expect(queryPage(none)).toContain('fits, but came 4s after the first: maxspan is 3s');
    const json = queryJson(none);
    expect(isJsonObject(json) ? own(json, 'furthest') : undefined).toEqual({
      key: [{ name: 'u', value: 'x' }],
      stages: [
        { term: 'a where true', missing: false, outcome: 'met', event: 'one' },
        { term: 'b where true', missing: false, outcome: 'broken', cause: 'late' },
      ],
    });
  });
});
