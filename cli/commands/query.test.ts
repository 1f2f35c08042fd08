import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sandbox, type Transcript } from './transcript.ts';

let box: Sandbox;

beforeAll(() => {
  box = new Sandbox({
    'mapping.json': JSON.stringify({
      properties: {
        process: { properties: { name: { type: 'keyword' } } },
        port: { type: 'long' },
        '@timestamp': { type: 'date' },
      },
    }),
    'events.ndjson':
      '{"_id":"a","@timestamp":"2026-01-01T00:00:00Z","process":{"name":"curl"},"port":443}\n' +
      '{"_id":"b","@timestamp":"2026-01-01T00:00:05Z","process":{"name":"Curl"},"port":80}\n',
    'broken.json': '{',
  });
});
afterAll(() => box.remove());

const query = (...args: readonly string[]): Promise<Transcript> =>
  box.run(['query', '--mapping', 'mapping.json', ...args]);

/** The lines that speak of events. */
const verdicts = async (...args: readonly string[]): Promise<string> => {
  const { out } = await query('--events', 'events.ndjson', ...args);
  return out.slice(out.search(/^[✔✘]/m)).trimEnd();
};

describe('dac query', () => {
  it('shows tree, Query DSL and verdicts of KQL', async () => {
    expect(await query('not port < 100', '--events', 'events.ndjson')).toEqual({
      code: 0,
      err: '',
      out: `tree
  not
    port < "100"

query dsl
  {
    "bool": {
      "must_not": {
        "bool": {
          "should": [
            {
              "range": {
                "port": {
                  "lt": "100"
                }
              }
            }
          ],
          "minimum_should_match": 1
        }
      }
    }
  }

✔ a
    ✔ not
      ✘ port < 100                               443   out of range
✘ b
    ✘ not
      ✔ port < 100                               80

2 events, 1 matched
`,
    });
  });

  it('shows how Lucene joins clauses', async () => {
    const { out } = await query('-l', 'lucene', 'port:80 OR process.name:curl AND port:443');
    expect(out.slice(0, out.indexOf('query dsl'))).toBe(`tree
  clauses
    port: "80"
    + process.name: "curl"
    + port: "443"

`);
  });

  it.each([
    ['kql', 'process.name: curl', '✔ a\n    ✔ process.name: curl                       "curl"\n✘ b\n    ✘ process.name: curl                       "Curl"   differs in case from "curl"\n\n2 events, 1 matched'],
    ['eql', 'any where port == 80', '✘ a\n    ✘ port == 80                               443   the value differs\n✔ b\n    ✔ port == 80                               80\n\n2 events, 1 matched'],
    ['dsl', '{"range": {"port": {"gte": 100}}}', '✔ a\n    ✔ port (range)                             443\n✘ b\n    ✘ port (range)                             80   out of range\n\n2 events, 1 matched'],
  ])('gives reasons in %s', async (language, text, expected) => {
    expect(await verdicts('-l', language, text)).toBe(expected);
  }); // prettier-ignore

  it('finds the groups of a sequence', async () => {
    const { code, out } = await query('-l', 'eql', 'sequence [any where port == 443] [any where port == 80]', '--events', 'events.ndjson', '-f', 'json'); // prettier-ignore
    expect({ code, groups: (JSON.parse(out) as { groups: unknown[] }).groups.length }).toEqual({ code: 0, groups: 1 });
  });

  it('writes all of it as JSON', async () => {
    const { out } = await query('-f', 'json', 'port: 80', '--events', 'events.ndjson');
    const { language, query: text, tree, dsl, diagnostics, events } = JSON.parse(out) as Record<string, unknown>;
    expect({ language, text, tree, dsl, diagnostics }).toEqual({
      language: 'kuery',
      text: 'port: 80',
      tree: { label: 'port: "80"' },
      dsl: { bool: { should: [{ match: { port: '80' } }], minimum_should_match: 1 } },
      diagnostics: [],
    });
    expect(events).toMatchObject([
      { _id: 'a', matched: false },
      { _id: 'b', matched: true },
    ]);
  });

  it('reads the text from stdin', async () => {
    const piped = await box.run(['query', '--mapping', 'mapping.json', '-'], { stdin: 'port: 80' });
    expect(piped).toEqual(await query('port: 80'));
  });

  it.each([
    ['kql', 'process.name = "curl"', 'error[query/syntax]: KQL compares with ":", not with "="\n  query:1:14'],
    ['kql', 'port: abc', 'error[query/type-mismatch]: "abc" is not a number\n  query:1:7'],
    ['lucene', 'port:80 AND', 'error[query/syntax]: the query ends where a term is expected\n  query:1:11'],
    ['eql', 'process where', 'error[query/syntax]: the query ends where a condition is expected\n  query:1:14'],
    ['dsl', '[]', 'error[query/fails]: a query has to be an object\n  query:1:1'],
    ['dsl', '{"terms": {"port": [3, "x"]}}', 'error[query/fails]: "x" is not a long\n  query:1:1'],
    ['dsl', '{"script": {}}', 'error[query/unsupported]: the query clause [script] cannot be run offline yet\n  query:1:1'],
  ])('points at the fault in %s: %s', async (language, text, expected) => {
    const { code, out, err } = await query('-l', language, text, '--events', 'events.ndjson');
    expect({ code, err, begins: out.slice(0, expected.length) }).toEqual({ code: 1, err: '', begins: expected });
  }); // prettier-ignore

  it('says what is wrong with the JSON of Query DSL', async () => {
    expect((await query('-l', 'dsl', '{"term":')).out).toMatch(/^error\[query\/syntax\]: the query is not JSON: /);
  });

  it.each([
    [['-l', 'sql', 'x'], 'error: dac query knows no language sql, did you mean "kql"?\n  help: it is kql, lucene, eql or dsl\n'],
    [['--now', 'soon', 'x'], 'error: --now soon is no instant\n  help: write 2026-01-31T12:00:00Z\n'],
    [['x', '--events', 'nowhere'], 'error: there is no file or folder nowhere\n  help: check --events\n'],
  ])('%j cannot be done', async (args, err) => {
    expect(await query(...args)).toEqual({ code: 2, out: '', err });
  }); // prettier-ignore

  it.each(['nowhere.json', 'broken.json'])('%s is no mapping', async (file) => {
    const { code, out, err } = await box.run(['query', '--mapping', file, 'x']);
    expect({ code, out, names: err.includes(file) }).toEqual({ code: 2, out: '', names: true });
  });

  it('lets no control character of the text through', async () => {
    const { out } = await query('a: \u001b[31mred');
    expect(out).not.toMatch(/\u001b/);
  });
});
