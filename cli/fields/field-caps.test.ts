import { describe, expect, it } from 'vitest';
import { mappingFromElasticsearch } from './elasticsearch-mapping.ts';
import { withFieldCaps } from './field-caps.ts';

const KNOWN = mappingFromElasticsearch({
  properties: {
    host: { properties: { name: { type: 'keyword', ignore_above: 256 } } },
    at: { type: 'date', format: 'epoch_second' },
    message: { type: 'match_only_text' },
    hostname: { type: 'alias', path: 'host.name' },
    meaning: { type: 'semantic_text' },
  },
});
const caps = (type: string) => ({ [type]: { type, metadata_field: false } });

describe('field caps beside whole mappings', () => {
  const mapping = withFieldCaps(KNOWN, {
    'host.name': { ...caps('keyword'), ...caps('wildcard') },
    at: caps('date'),
    hostname: caps('keyword'),
    meaning: caps('text'),
    message: { ...caps('text'), ...caps('long') },
    'process.pid': caps('long'),
    process: caps('object'),
    both: { ...caps('keyword'), ...caps('long'), ...caps('unmapped') },
    file: caps('nested'),
    _id: { _id: { type: '_id', metadata_field: true } },
    geo: caps('made_up'),
    __proto__: caps('keyword'),
  });

  it('add names that the mappings lack', () => {
    expect(mapping.field('process.pid')).toEqual({ name: 'process.pid', type: 'long', typeName: 'long' });
    expect(mapping.field('process')?.type).toBe('object');
    expect(mapping.field('file')?.type).toBe('nested');
    expect(mapping.field('geo')).toMatchObject({ type: 'unsupported', typeName: 'made_up' });
    expect(mapping.field('nothing')).toBeUndefined();
  });

  it('leave what the mappings say as it is', () => {
    expect(mapping.field('host.name')).toEqual(KNOWN.field('host.name'));
    for (const name of ['at', 'hostname', 'meaning']) expect(mapping.field(name)).toEqual(KNOWN.field(name));
  });

  it('tell types of another family', () => {
    expect(mapping.field('message')?.conflictsWith).toEqual(['long']);
    expect(mapping.field('both')).toMatchObject({ type: 'keyword', conflictsWith: ['long'] });
  });
});
