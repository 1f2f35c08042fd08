import { describe, expect, it } from 'vitest';
import type { Event } from '../event.ts';
import type { JsonObject } from '../../text/json.ts';
import { mappingForIndices } from './rule-mapping.ts';

let ordinal = 0;
const event = (index: string, source: JsonObject): Event => ({ index, id: '', source, ordinal: ordinal++ });

const typeOf = (pattern: string, name: string): string | undefined =>
  mappingForIndices([pattern]).field(name)?.typeName;

/** Type of a name in an index once its documents are there. */
const after = (name: string, ...events: readonly Event[]): string | undefined =>
  mappingForIndices([...new Set(events.map(({ index }) => index))])
    .observing(events)
    .field(name)?.typeName;

describe('objects that a table leaves open', () => {
  it.each([
    ['winlogbeat-*', 'winlog.event_data.Foo'],
    ['winlogbeat-*', 'winlog.user_data.Foo.Bar'],
    ['winlogbeat-*', 'labels.env'],
    ['filebeat-*', 'labels.env'],
    ['filebeat-*', 'labels.a.b'],
    ['filebeat-*', 'fields.team'],
    ['filebeat-*', 'winlog.event_data.Foo'],
    ['logs-system.security*', 'winlog.event_data.Foo'],
    ['logs-windows.*', 'winlog.event_data.Foo'],
    ['logs-windows.windows_defender-*', 'winlog.event_data.Foo'],
    ['logs-*', 'winlog.event_data.Foo'],
    ['logs-*', 'labels.env'],
    ['logs-kubernetes.pod-*', 'kubernetes.labels.app.kubernetes.io/name'],
    ['logs-azure.auditlogs-*', 'azure.auditlogs.properties.target_resources.7.type'],
  ])('take any member, though others are listed: %s has %s', (pattern, name) => {
    expect(typeOf(pattern, name)).toBe('keyword');
  });

  it('take none where the template says dynamic: false', () => {
    expect(typeOf('logs-endpoint.events.process*', 'labels.env')).toBeUndefined();
    expect(typeOf('logs-kubernetes.audit_logs-*', 'kubernetes.labels.app')).toBeUndefined();
    const labelled = event('logs-endpoint.events.process-default', { labels: { env: 'prod' } });
    expect(after('labels.env', labelled)).toBeUndefined();
  });

  it('give members the type that the table names', () => {
    expect([
      typeOf('metrics-system.process-*', 'system.process.cgroup.cpuacct.percpu.3'),
      typeOf('metricbeat-*', 'sql.metrics.numeric.total'),
    ]).toEqual(['long', 'double']);
  });

  it('are none where a template maps nothing else, and no object of ECS that only holds others', () => {
    expect([
      typeOf('logs-endpoint.events.process-*', 'process.Ext.nothing'),
      typeOf('logs-kubernetes.audit_logs-*', 'kubernetes.audit.nothing'),
      typeOf('winlogbeat-*', 'process.io.nothing'),
      typeOf('winlogbeat-*', 'winlog.nothing'),
      typeOf('winlogbeat-*', 'process.name.nothing'),
    ]).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  it('may have members for a pattern of names', () => {
    const mapping = mappingForIndices(['logs-kubernetes.*']);
    expect(['kubernetes.labels.*', 'kubernetes.l*', 'labels.*', 'kubernetes.lable.*'].map((one) => mapping.mayFit(one))).toEqual([
      true, true, true, false,
    ]); // prettier-ignore
  });
});

describe('dynamic mapping of what events bring', () => {
  it('maps a value as its kind', () => {
    const brought = event('logs-aws.cloudtrail-default', {
      acme: { text: 'x', count: 5, share: 0.5, on: true, list: [null, 7], nothing: null, deep: [{ a: 'x' }] },
    });
    const names = ['text', 'count', 'share', 'on', 'list', 'nothing', 'deep.a', 'deep', 'other'];
    expect(names.map((name) => after(`acme.${name}`, brought))).toEqual([
      'keyword', 'long', 'float', 'boolean', 'long', undefined, 'keyword', undefined, undefined,
    ]); // prettier-ignore
  });

  it('maps names as ecs@mappings does, in data streams alone', () => {
    const source = {
      acme: {
        source_ip: '10.0.0.1', message: 'a b', full: { command_line: 'x' }, created: '2026-01-31', dump: { exports: { a: 1 } },
        risk_score: 5, name: 'x', geo: { location: { lat: 1, lon: 2 } }, event: { original: 'x' },
      },
    }; // prettier-ignore
    const types = (index: string) =>
      ['source_ip', 'message', 'full.command_line', 'created', 'dump.exports.a', 'risk_score', 'name', 'name.text', 'geo.location.lat'].map(
        (name) => after(`acme.${name}`, event(index, source)),
      ); // prettier-ignore
    expect(types('logs-aws.cloudtrail-default')).toEqual([
      'ip', 'match_only_text', 'wildcard', 'date', 'flattened key', 'float', 'keyword', 'match_only_text', undefined,
    ]); // prettier-ignore
    expect(types('filebeat-9.5.0')).toEqual([
      'keyword', 'keyword', 'keyword', 'keyword', 'long', 'long', 'keyword', undefined, 'long',
    ]); // prettier-ignore
    const mapping = mappingForIndices(['logs-aws.cloudtrail-*']).observing([
      event('logs-aws.cloudtrail-default', source),
    ]);
    expect(mapping.field('acme.event.original')).toMatchObject({ indexed: false, docValues: false });
    expect(mapping.multiFields('acme.name').map(({ name }) => name)).toEqual(['acme.name.text']);
  });

  it('puts the templates of a table first, for values of their kind', () => {
    const labels = (value: JsonObject) => event('logs-kubernetes.pod-default', { kubernetes: { labels: value } });
    const data = (value: JsonObject) => event('winlogbeat-9', { winlog: { event_data: value } });
    expect([
      after('kubernetes.labels.port', labels({ port: 8080 })),
      after('winlog.event_data.Count', data({ Count: 8080 })),
      after('winlog.event_data.Count', data({ Count: '8080' })),
      after('winlog.event_data.a_ip', event('logs-system.security-default', { winlog: { event_data: { a_ip: '::1' } } })),
    ]).toEqual(['keyword', 'long', 'keyword', 'keyword']); // prettier-ignore
  });

  it('lets the first document of an index decide, and knows indices that disagree', () => {
    const first = event('logs-aws.cloudtrail-a', { acme: { x: 'text' } });
    const later = event('logs-aws.cloudtrail-a', { acme: { x: 1 } });
    const elsewhere = event('logs-aws.cloudtrail-b', { acme: { x: 1 } });
    const mapping = mappingForIndices(['logs-aws.cloudtrail-*']);
    expect(mapping.observing([first, later]).field('acme.x')).not.toHaveProperty('conflictsWith');
    expect(mapping.observing([first, elsewhere]).field('acme.x')).toMatchObject({
      type: 'keyword',
      conflictsWith: ['long'],
    });
  });

  it('maps nothing where the template says so, and nothing below a value', () => {
    const backing = event('.ds-logs-endpoint.events.process-default-2026.01.31-000001', { acme: { x: 'x' } });
    expect([
      after('acme.x', event('logs-endpoint.events.process-default', { acme: { x: 'x' } })),
      mappingForIndices(['logs-endpoint.events.process-*']).observing([backing]).field('acme.x'),
      after('process.name.x', event('logs-aws.cloudtrail-default', { process: { name: { x: 'x' } } })),
    ]).toEqual([undefined, undefined, undefined]);
  });

  it('follows documents of further indices, whose templates list other fields', () => {
    const growing = mappingForIndices(['logs-*']).growing();
    const matching = () => growing.mapping.matching('process.*').some(({ name }) => name === 'process.pid');
    const before = matching();
    const added = [
      growing.add([event('logs-okta.system-default', {})]),
      matching(),
      growing.add([event('logs-endpoint.events.process-default', {})]),
      matching(),
      growing.add([event('logs-endpoint.events.process-default', {})]),
    ];
    expect([before, ...added]).toEqual([false, true, false, true, true, false]);
  });

  it('takes an event that names no index for one of the first table', () => {
    const bare = event('', { acme: { x: 'x' } });
    const observed = (pattern: string) => mappingForIndices([pattern]).observing([bare]).field('acme.x')?.typeName;
    expect([observed('logs-endpoint.events.process-*'), observed('logs-aws.cloudtrail-*')]).toEqual([
      undefined,
      'keyword',
    ]);
  });

  it('finds what events bring by patterns of names', () => {
    const mapping = mappingForIndices(['logs-kubernetes.pod-*']).observing([
      event('logs-kubernetes.pod-default', { kubernetes: { labels: { app: 'nginx', 'app.kubernetes.io/name': 'web' } }, x: { name: 'y' } }),
    ]); // prettier-ignore
    const matching = (pattern: string) => mapping.matching(pattern).map(({ name }) => name);
    expect([matching('kubernetes.labels.*'), matching('x.*'), matching('x.name.t*')]).toEqual([
      ['kubernetes.labels.app', 'kubernetes.labels.app.kubernetes.io/name'],
      ['x.name', 'x.name.text'],
      ['x.name.text'],
    ]);
  });
});
