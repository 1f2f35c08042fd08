import { describe, expect, it } from 'vitest';
import { compileReader } from '../values/indexed.ts';
import { mappingForIndices } from './rule-mapping.ts';

/** `ignore_above` of a field: one value, or the smallest and that of some indices. */
const limit = (patterns: readonly string[], name: string, ...indices: readonly string[]): unknown => {
  const field = mappingForIndices(patterns).field(name);
  if (field?.limits === undefined) return field?.ignoreAbove ?? 'none';
  return [field.ignoreAbove ?? 'none', field.limits.least, ...indices.map((index) => field.limits?.in(index))];
};

describe('the longest value that can be searched', () => {
  it.each([
    // Fleet: what a package declares
    ['logs-endpoint.events.process-*', 'process.command_line', 1024],
    ['logs-endpoint.events.process-*', 'process.name', 1024],
    ['logs-endpoint.events.process-*', 'process.origin_url', 8192],
    ['logs-endpoint.events.file-*', 'file.origin_url', 8192],
    ['logs-endpoint.events.process-*', 'process.Ext.code_signature.thumbprint_sha256', 64],
    ['logs-windows.sysmon_operational-*', 'process.command_line', 1024],
    ['logs-nginx.access-*', 'url.original', 1024],
    ['logs-aws.cloudtrail-*', 'aws.cloudtrail.user_identity.arn', 1024],
    ['logs-system.security-*', 'winlog.event_data.TargetUserName', 1024],
    // … and what it leaves to ecs@mappings
    ['logs-system.security-*', 'process.command_line', 'none'],
    ['logs-system.security-*', 'process.executable', 'none'],
    ['logs-system.security-*', 'event.action', 1024],
    ['logs-m365_defender.event-*', 'url.query', 1024],
    // members of open objects
    ['logs-system.security-*', 'winlog.event_data.Foo', 'none'],
    ['logs-aws.cloudtrail-*', 'labels.env', 1024],
    ['winlogbeat-*', 'winlog.event_data.Foo', 'none'],
    ['winlogbeat-*', 'winlog.event_data.Properties', 'none'],
    ['winlogbeat-*', 'winlog.event_data.TargetUserName', 1024],
    ['winlogbeat-*', 'labels.env', 'none'],
    // Beats: all of ECS, and what they list themselves
    ['winlogbeat-*', 'process.command_line', 'none'],
    ['winlogbeat-*', 'process.executable', 1024],
    ['filebeat-*', 'threatintel.anomali.threatstream.maltype', 'none'],
    ['filebeat-*', 'url.query', 2083],
    ['filebeat-*', 'file.drive_letter', 1],
    ['metricbeat-*', 'system.process.cmdline', 2048],
    // no table
    ['my-app-*', 'process.command_line', 'none'],
    ['my-app-*', 'url.query', 2083],
    ['my-app-*', 'my.field', 1024],
  ])('in %s of %s is %s', (pattern, name, expected) => {
    expect(limit([pattern], name)).toEqual(expected);
  });

  it('is told for each index where they differ', () => {
    expect(
      limit(
        ['logs-endpoint.events.process-*', 'logs-system.security*', 'winlogbeat-*'],
        'process.command_line',
        'logs-endpoint.events.process-default',
        'logs-system.security-prod',
        '.ds-logs-system.security-prod-2026.01.31-000001',
        'winlogbeat-9.5.0',
        'other',
        '',
      ),
    ).toEqual(['none', 1024, 1024, Infinity, Infinity, Infinity, Infinity, 1024]);
    expect(limit(['logs-windows.*'], 'process.executable', 'logs-windows.windows_defender-x')).toEqual([
      'none',
      1024,
      Infinity,
    ]);
    expect(limit(['logs-*'], 'process.command_line', 'logs-endpoint.events.process-x', 'logs-okta.system-x')).toEqual([
      'none',
      1024,
      1024,
      Infinity,
    ]);
    expect(limit(['logs-*'], 'event.action')).toBe(1024);
  });

  it('decides what is read of an event by the index it lies in', () => {
    const field = mappingForIndices(['logs-endpoint.events.process-*', 'logs-system.security*']).field(
      'process.command_line',
    );
    if (field === undefined) throw new Error('process.command_line is mapped');
    const read = compileReader(field);
    const source = { process: { command_line: ['short', 'x'.repeat(1025)] } };
    const count = (index: string) => read(source, { index }).length;
    expect([count('logs-endpoint.events.process-x'), count('logs-system.security-x')]).toEqual([1, 2]);
  });

  it('keeps what is neither indexed nor in doc values apart', () => {
    const endpoint = mappingForIndices(['logs-endpoint.alerts-*', 'logs-endpoint.events.process-*']);
    expect(endpoint.field('event.original')).toMatchObject({ indexed: false, docValues: false });
    expect(endpoint.field('tls.client.x509.public_key_exponent')).toMatchObject({ indexed: false, docValues: false });
    expect(endpoint.field('process.Ext.memory_region.strings')).toMatchObject({ indexed: false, docValues: false });
    expect(endpoint.field('file.Ext.malware_classification.features.data.buffer')).toMatchObject({ disabled: true });
    expect(endpoint.field('event.action')).not.toHaveProperty('indexed');
  });

  it('maps integers as longs', () => {
    expect(mappingForIndices(['logs-github.issues-*']).field('github.issues.id')?.type).toBe('long');
  });
});
