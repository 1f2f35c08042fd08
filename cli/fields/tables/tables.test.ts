import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mappingFromElasticsearch } from '../elasticsearch-mapping.ts';
import { packageRoot } from '../../text/package-root.ts';
import { ecsFor } from './ecs.ts';
import { factTable } from './fact-table.ts';
import { patternsOverlap } from './overlap.ts';
import { mappingForIndices, mappingForRule } from './rule-mapping.ts';
import { sourcesFor } from './sources.ts';

/** The tables behind some patterns, as the mapping describes them. */
const behind = (patterns: readonly string[], integrations: readonly string[] = [], stack = '9.5'): readonly string[] =>
  sourcesFor(patterns, integrations, stack).described;

/** Type and origin of a field. */
const from = (patterns: readonly string[], name: string, integrations: readonly string[] = []): string | undefined => {
  const field = mappingForIndices(patterns, integrations).field(name);
  return field && `${field.typeName} of ${field.origin?.source ?? 'nowhere'}`;
};

describe('the tables behind index patterns', () => {
  it('are the data streams that a pattern reaches', () => {
    expect(behind(['logs-endpoint.events.process-*'])).toEqual([
      'logs-endpoint.events.process-* (endpoint.process 9.6.0-prerelease.0)',
      'ECS 9.5.0',
    ]);
    expect(behind(['logs-endpoint.events.process*', 'logs-aws.cloudtrail-default'])).toEqual([
      'logs-endpoint.events.process* (endpoint.process 9.6.0-prerelease.0)',
      'logs-aws.cloudtrail-default (aws.cloudtrail 2.21.0)',
      'ECS 9.5.0',
    ]);
  });

  it('are the beats, endgame and apm', () => {
    expect(behind(['auditbeat-*', 'winlogbeat-8.1*', 'endgame-*', 'apm-*-transaction*'])).toEqual([
      'auditbeat-* (auditbeat 9.5.0)',
      'winlogbeat-8.1* (winlogbeat 9.5.0)',
      'endgame-* (endgame 8.4.0)',
      'apm-*-transaction* (apm 8.4.2)',
      'ECS 9.5.0',
    ]);
    expect(behind(['*beat-*'])[0]).toMatch(/auditbeat .*filebeat .*winlogbeat /);
  });

  it('are found through a cluster, a date, a list and a backing index, and lessened by exclusions', () => {
    expect(behind(['prod:logs-okta.system-*,<winlogbeat-{now/d}>', '-logs-x*'])).toEqual([
      'prod:logs-okta.system-* (okta.system 2.11.0)',
      '<winlogbeat-{now/d}> (winlogbeat 9.5.0)',
      'ECS 9.5.0',
    ]);
    expect(behind(['logs-okta*', '-logs-okta.system*'])[0]).toBe('logs-okta* (no table)');
    expect(behind(['logs-okta*', '-logs-okta.system-x'])[0]).toBe('logs-okta* (okta.system 2.11.0)');
  });

  it('say plainly when there is none', () => {
    const { unknown, described } = sourcesFor(['my-app-*'], ['no_such_package'], '9.5');
    expect({ unknown, described }).toEqual({
      unknown: ['my-app-*', 'integration no_such_package'],
      described: ['my-app-* (no table)', 'integration no_such_package (no table)', 'ECS 9.5.0'],
    });
  });

  it('take an integration that no pattern reaches, whole', () => {
    expect(behind(['filebeat-*', 'logs-aws.cloudtrail-*'], ['aws', 'okta'])).toEqual([
      'filebeat-* (filebeat 9.5.0)',
      'logs-aws.cloudtrail-* (aws.cloudtrail 2.21.0)',
      'integration okta 2.11.0',
      'ECS 9.5.0',
    ]);
  });

  it('have the ECS release of the stack', () => {
    const releases = ['7.17', '8.11', '8.19', '9.0', '9.2', '9.3', '9.4.4', '9.5', '10.1'].map(
      (stack) => ecsFor(stack).version,
    );
    expect(releases).toEqual([
      '8.11.0', '8.11.0', '8.17.0', '9.0.0', '9.0.0', '9.3.0', '9.4.0', '9.5.0', '9.5.0',
    ]); // prettier-ignore
  });
});

describe('a mapping from tables', () => {
  const endpoint = ['logs-endpoint.events.process-*'];

  it('gives ECS its say first, then the data streams', () => {
    expect([from(endpoint, 'process.command_line'), from(endpoint, 'process.Ext.created_suspended')]).toEqual([
      'wildcard of ecs',
      'boolean of endpoint.process',
    ]);
    expect(from(endpoint, 'aws.cloudtrail.user_identity.type')).toBeUndefined();
    expect(from(['logs-endpoint.events.file-*'], 'process.Ext.created_suspended')).toBeUndefined();
  });

  it('makes no multi-field of a field whose parent is a plain field in another package', () => {
    const all = mappingForIndices(['logs-*']);
    expect(
      ['process.name', 'host.name', 'user.id', 'event.action'].map((name) => all.field(name)?.multiFieldOf),
    ).toEqual([undefined, undefined, undefined, undefined]);
    expect(all.field('process.name.text')?.multiFieldOf).toBe('process.name');
  });

  it('keeps an object of ECS an object, though a package has a value of that name', () => {
    const redis = mappingForIndices(['logs-redis.info-*']);
    expect(redis.facts('process').map(({ type }) => type)).toEqual(['keyword']);
    expect(redis.field('process')).toEqual({
      name: 'process',
      type: 'object',
      typeName: 'object',
      open: true,
      origin: { source: 'ecs', version: '9.5.0' },
    });
  });

  it('knows the parameters that Elastic sets', () => {
    const mapping = mappingForIndices(endpoint);
    expect(['process.name', 'process.name.caseless', 'process.name.text', '@timestamp'].map((name) => mapping.field(name))).toEqual([
      {
        name: 'process.name', type: 'keyword', typeName: 'keyword', ignoreAbove: 1024, ignoreMalformed: true,
        origin: { source: 'ecs', version: '9.5.0' },
      },
      {
        name: 'process.name.caseless', type: 'keyword', typeName: 'keyword', ignoreAbove: 1024, ignoreMalformed: true,
        normalizer: 'lowercase', multiFieldOf: 'process.name', origin: { source: 'endpoint.process', version: '9.6.0-prerelease.0' },
      },
      {
        name: 'process.name.text', type: 'match_only_text', typeName: 'match_only_text', ignoreMalformed: true,
        multiFieldOf: 'process.name', origin: { source: 'ecs', version: '9.5.0' },
      },
      { name: '@timestamp', type: 'date', typeName: 'date', origin: { source: 'ecs', version: '9.5.0' } },
    ]); // prettier-ignore
    expect(mapping.multiFields('process.name').map(({ name }) => name)).toEqual([
      'process.name.text',
      'process.name.caseless',
    ]);
  });

  it('splits PowerShell script text at everything but word characters and dashes', () => {
    const mapping = mappingForIndices(['logs-windows.powershell*']);
    const analyzer = mapping.field('powershell.file.script_block_text')?.analyzer ?? '';
    expect(mapping.analyzer(analyzer)).toEqual({
      type: 'pattern',
      lowercase: true,
      pattern: '[\\W&&[^-]]+',
      typeName: 'pattern',
    });
  });

  it('lets any key stand below flattened fields and open objects, and knows containers', () => {
    const okta = mappingForIndices(['logs-okta.system-*']);
    expect(okta.field('okta.debug_context.debug_data.flattened.x.y')).toMatchObject({
      type: 'flattened',
      typeName: 'flattened key',
      flattenedRoot: 'okta.debug_context.debug_data.flattened',
    });
    expect(okta.field('labels.team')).toMatchObject({ type: 'keyword', origin: { source: 'ecs' } });
    expect(okta.field('okta.actor')).toMatchObject({ type: 'object', typeName: 'object' });
    expect(okta.field('process.name.nothing')).toBeUndefined();
  });

  it('assumes a keyword only where no table can know, and says so', () => {
    expect(from(['my-app-*'], 'my.field')).toBe('keyword of assumed: no table for my-app-*');
    expect(from(['my-app-*'], 'process.name')).toBe('keyword of ecs');
    expect(mappingForRule({ body: { data_view_id: 'abc' }, metadata: {} }).field('my.field')?.origin?.source).toBe(
      'assumed: no table for data view abc',
    );
  });

  it('looks into all packages for a pattern over everything, and holds ECS field sets closed', () => {
    expect([
      from(['logs-*'], 'aws.cloudtrail.user_identity.type'),
      from(['*'], 'okta.debug_context.debug_data.flattened.x'),
      from(['logs-*'], 'process.nmae'),
      from(['logs-*'], 'my.field'),
      from(['logs-*'], 'aws.cloudtrail.user_identity.type', ['okta']),
    ]).toEqual(['keyword of aws', 'flattened key of okta', undefined, 'keyword of assumed: in no package', undefined]);
    expect(
      mappingForIndices(['logs-*'])
        .matching('okta.actor.*')
        .map(({ name }) => name),
    ).toContain('okta.actor.id');
  });

  it('expands patterns of names', () => {
    expect(
      mappingForIndices(endpoint)
        .matching('file.hash.md*')
        .map(({ name }) => name),
    ).toEqual(['file.hash.md5']);
  });

  it('lets a suite have the last word', () => {
    const declared = mappingFromElasticsearch({
      properties: { 'process.name': { type: 'text' }, extra: { type: 'ip' } },
    });
    const mapping = mappingForIndices(endpoint, [], { declared });
    expect([
      mapping.field('process.name'),
      mapping.field('extra'),
      mapping.field('process.pid')?.origin?.source,
    ]).toEqual([
      { name: 'process.name', type: 'text', typeName: 'text', origin: { source: 'suite', version: '' } },
      { name: 'extra', type: 'ip', typeName: 'ip', origin: { source: 'suite', version: '' } },
      'ecs',
    ]);
  });

  it('shows what each table says of a name', () => {
    expect(mappingForIndices(['logs-hid_bravura_monitor.winlog-*']).facts('message')).toEqual([
      { name: 'message', type: 'match_only_text', origin: { source: 'ecs', version: '9.5.0' } },
      { name: 'message', type: 'keyword', origin: { source: 'hid_bravura_monitor.winlog', version: '1.8.0' } },
    ]);
  });

  it.each(['__proto__', 'constructor', 'toString.x', '', '.', 'a b', '*', '__proto__.x'])('has no field %j', (name) => {
    expect(mappingForIndices(endpoint).field(name)).toBeUndefined();
  });

  it('gives the fields of a rule in little time', () => {
    const start = performance.now();
    const mapping = mappingForIndices(['logs-panw.panos*', 'logs-suricata.eve*', 'packetbeat-*']);
    for (const name of [
      'source.ip',
      'event.action',
      'panw.panos.action',
      'suricata.eve.alert.signature',
      'no.such.field',
    ])
      mapping.field(name);
    expect(performance.now() - start).toBeLessThan(150);
  });
});

describe('overlap of patterns', () => {
  it('holds when some name fits both', () => {
    const pairs: [string, string][] = [
      ['logs-a*', 'logs-abc-*'], ['*', 'x'], ['a*c', 'ab*'], ['a*c', 'b*'], ['abc', 'abd'], ['', '*'], ['a*', ''],
    ]; // prettier-ignore
    expect(pairs.map(([a, b]) => patternsOverlap(a, b))).toEqual([true, true, true, false, false, true, false]);
  });
});

describe('the tables themselves', () => {
  const folder = join(packageRoot(), 'schemas', 'fields');

  it('name their source, version, licence and origin', () => {
    const files = [
      'ecs.json',
      'endgame.json',
      ...readdirSync(join(folder, 'packages')).map((name) => `packages/${name}`),
    ];
    for (const file of [...files, ...readdirSync(join(folder, 'beats')).map((name) => `beats/${name}`)]) {
      const table = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>;
      const stated = [table['source'], table['licence'], table['version'] ?? table['versions'], table['origin']];
      expect([file, stated.filter((one) => one === undefined || one === '')]).toEqual([file, []]);
    }
  });

  it('are listed in the index, with types that the engine knows', () => {
    const known = new Set([
      'keyword', 'constant_keyword', 'counted_keyword', 'wildcard', 'text', 'match_only_text', 'version', 'ip', 'ip_range', 'date',
      'date_nanos', 'date_range', 'boolean', 'long', 'integer', 'short', 'byte', 'unsigned_long', 'double', 'float', 'half_float',
      'scaled_float', 'geo_point', 'object', 'flattened', 'nested', 'alias', 'binary', 'histogram', 'array', 'group',
    ]); // prettier-ignore
    const packages = readdirSync(join(folder, 'packages')).map((name) => name.slice(0, -5));
    for (const name of packages) {
      const table = factTable(`packages/${name}.json`);
      const others = [...(table?.streams().names.entries() ?? [])].filter(([, type]) => !known.has(type));
      expect([name, others]).toEqual([name, []]);
    }
    const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as { packages: Record<string, unknown> };
    expect(packages.filter((name) => index.packages[name] === undefined)).toEqual([]);
  });
});
