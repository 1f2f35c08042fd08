import { describe, expect, it } from 'vitest';
import { caveatsOf } from './caveats.ts';
import { testRule } from './test-rule.ts';

describe('caveats', () => {
  it('are none for a rule that the file says whole', () => {
    expect(caveatsOf(testRule('query = "*"'))).toEqual([]);
  });

  it('name each exception list but the one that only endpoints apply', () => {
    const list = (id: string): string =>
      `[[rule.exceptions_list]]\nid = "x"\nlist_id = "${id}"\ntype = "detection"\nnamespace_type = "single"`;
    const file = testRule(`query = "*"\n${list('endpoint_list')}\n${list('build-hosts')}`);
    expect(caveatsOf(file)).toEqual([
      {
        id: 'engine/exceptions-not-applied',
        severity: 'warning',
        message: 'exception list build-hosts is not applied',
        span: file.valueSpan(['rule', 'exceptions_list', 1, 'list_id']),
        why: 'its items live in Kibana: an event that raises an alert here may be excluded there',
        help: 'check by hand that no item of the list covers the positive cases',
      },
    ]);
    const { start, end } = file.valueSpan(['rule', 'exceptions_list', 1, 'list_id']);
    expect(file.source.text.slice(start, end)).toBe('"build-hosts"');
  });

  it('name a data view', () => {
    expect(caveatsOf(testRule('query = "*"\ndata_view_id = "security"')).map((one) => [one.id, one.message])).toEqual([
      ['engine/data-view-unknown', 'the indices of data view security are not known here'],
    ]);
  });
});
