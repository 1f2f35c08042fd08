import { describe, expect, it } from 'vitest';
import type { Event } from '../fields/event.ts';
import { mappingForIndices } from '../fields/tables/rule-mapping.ts';
import type { JsonObject } from '../text/json.ts';
import { checkQuery } from './compile-query.ts';
import { inspectQuery, type InspectedLanguage } from './inspect.ts';

/** The ids that a query finds among documents of one index; or the findings that keep it from running. */
function found(language: InspectedLanguage, query: string, index: string, ...sources: readonly JsonObject[]): unknown {
  const events = sources.map((source, ordinal): Event => ({ index, id: String(ordinal), source, ordinal }));
  const mapping = mappingForIndices([index]);
  const { events: verdicts, diagnostics, dsl } = inspectQuery(language, query, { mapping, now: 0 }, events);
  if (dsl === undefined) return diagnostics.map(({ id }) => id);
  return verdicts.flatMap(({ event, matched }) => (matched ? [event.id] : []));
}

const pod = 'logs-kubernetes.pod-default';
const label = (labels: JsonObject): JsonObject => ({ kubernetes: { labels } });
const pods = [label({ app: 'nginx' }), label({ app: 'redis', tier: 'nginx' }), label({ app: 'redis' }), {}];

describe('fields that documents bring', () => {
  it.each<readonly [InspectedLanguage, string, unknown]>([
    ['kuery', 'kubernetes.labels.*: nginx', ['0', '1']],
    ['kuery', 'not kubernetes.labels.*: nginx', ['2', '3']],
    ['kuery', 'kubernetes.labels.*: *', ['0', '1', '2']],
    ['kuery', 'kubernetes.lab*: ngi*', ['0', '1']],
    ['kuery', 'kubernetes.labels: *', ['0', '1', '2']],
    ['kuery', 'not kubernetes.labels.tier: nginx', ['0', '2', '3']],
    ['lucene', 'kubernetes.labels.\\*:nginx', ['0', '1']],
    ['lucene', 'NOT kubernetes.labels.\\*:nginx', ['2', '3']],
    ['lucene', '_exists_:kubernetes.labels', ['0', '1', '2']],
    ['lucene', 'kubernetes.labels.tier:nginx', ['1']],
    ['eql', 'any where kubernetes.labels.tier == "nginx"', ['1']],
    ['eql', 'any where not kubernetes.labels.tier == "nginx"', ['0', '2', '3']],
    ['eql', 'any where kubernetes.labels.app : "NGI*"', ['0']],
  ])('are found in the members of a dynamic template: %s %s', (language, query, expected) => {
    expect(found(language, query, pod, ...pods)).toEqual(expected);
  });

  it('have the type of what is brought', () => {
    const acme = (value: number | string | boolean): JsonObject => ({ acme: { value } });
    const trail = 'logs-aws.cloudtrail-default';
    expect([
      found('kuery', 'acme.value >= 10', trail, acme(9), acme(10), acme(100)),
      found('eql', 'any where acme.value >= 10', trail, acme(9), acme(10), acme(100)),
      found('kuery', 'acme.value >= 10', trail, acme('9'), acme('100')),
      found('eql', 'any where acme.value == true', trail, acme(true), acme(false)),
      found('kuery', 'acme.ip: "10.0.0.0/8"', trail, { acme: { ip: '10.1.1.1' } }, { acme: { ip: '11.1.1.1' } }),
    ]).toEqual([['1', '2'], ['1', '2'], ['0', '1'], ['0'], ['0']]);
  });

  it('are unmapped where the index maps nothing by itself, or nobody brings them', () => {
    const brings = { acme: { value: 'x' } };
    expect([
      found('kuery', 'acme.value: x', 'logs-endpoint.events.process-default', brings),
      found('kuery', 'not acme.value: x', 'logs-endpoint.events.process-default', brings),
      found('eql', 'any where acme.value == "x"', 'logs-endpoint.events.process-default', brings),
      found('eql', 'any where acme.value == "x"', 'logs-aws.cloudtrail-default', {}),
      found('eql', 'any where acme.value == "x"', 'logs-aws.cloudtrail-default', brings),
    ]).toEqual([[], ['0'], ['query/unknown-field'], ['query/unknown-field'], ['0']]);
  });

  it('are of the type of their own index, whatever other packages make of the name', () => {
    const brings = { winlog: { event_data: { ClientIPs: 'no address' } }, labels: { captive_portal: 'prod' } };
    const over = (index: string, language: InspectedLanguage, query: string, source: JsonObject = brings): unknown => {
      const events: Event[] = [{ index, id: '0', source, ordinal: 0 }];
      const { events: verdicts, diagnostics } = inspectQuery(language, query, { mapping: mappingForIndices(['logs-*']), now: 0 }, events); // prettier-ignore
      return diagnostics.length > 0
        ? diagnostics.map(({ id }) => id)
        : verdicts.map(({ matched, error }) => error ?? matched);
    };
    expect([
      over('logs-system.security-x', 'kuery', 'winlog.event_data.ClientIPs: "no address"'),
      over('logs-hid_bravura_monitor.winlog-x', 'kuery', 'winlog.event_data.ClientIPs: "no address"'),
      over('logs-system.security-x', 'eql', 'any where labels.captive_portal == "prod"'),
      over('logs-system.security-x', 'kuery', 'labels.*: prod'),
      over('logs-panw.panos-x', 'kuery', 'labels.*: prod', {}),
    ]).toEqual([[true], ['query/type-mismatch'], [true], [true], ['"prod" is not a boolean']]);
  });

  it('stand behind a pattern where the index has them, so that no other refuses the value', () => {
    const brings = { host: { name: 'web' }, source: { ip: '10.0.0.1', geo: { location: { lat: 1, lon: 2 } } } };
    const okta = 'logs-okta.system-x';
    expect([
      // ECS has numbers and dates below process, of which the template lists none
      found('kuery', 'process.*: web', okta, brings),
      found('kuery', 'not process.*: web', okta, brings),
      found('kuery', 'process.*: web', 'winlogbeat-9', brings),
      found('kuery', 'process.*: web', 'logs-endpoint.events.process-x', brings),
      found('kuery', 'process.*: web', okta, { process: { pid: 5 } }),
      found('lucene', 'process.\\*:web', okta, { process: { name: 'web' } }),
      found('kuery', 'source.geo.*: *', okta, brings),
      found('kuery', '*stamp: web', okta, brings),
    ]).toEqual([[], ['0'], ['query/fails'], ['query/fails'], ['query/fails'], ['0'], ['0'], ['query/fails']]);
  });

  it('are not needed for a pattern to be sound, as far as a template may bring them', () => {
    const said = (index: string, query: string): unknown =>
      inspectQuery('kuery', query, { mapping: mappingForIndices([index]), now: 0 }, []).diagnostics.map(({ id }) => id);
    expect([
      said('logs-*', 'labels.*: prod'),
      said('logs-*', 'okta.*: x'),
      said('logs-okta.*', 'process.thread.*: x'),
      said('logs-okta.*', 'process.thread.i*: *'),
      said('winlogbeat-*', 'process.thread.*: x'),
      said('winlogbeat-*', 'okta.*: x'),
    ]).toEqual([[], [], [], [], ['query/fails'], ['query/unknown-field']]);
  });

  it('hold long values or not, as their templates say', () => {
    const long = 'x'.repeat(1100);
    const data = { winlog: { event_data: { Foo: long } }, labels: { env: long }, process: { command_line: long } };
    const has = (index: string) =>
      ['winlog.event_data.Foo', 'labels.env', 'process.command_line'].map(
        (name) => found('kuery', `${name}: *`, index, data)?.toString() === '0',
      );
    expect([has('winlogbeat-9'), has('logs-system.security-x'), has('logs-windows.sysmon_operational-x')]).toEqual([
      [true, true, true],
      [true, false, true],
      [true, false, false],
    ]);
  });

  it('fail the search where a field has neither index nor doc values, except in the text of Lucene', () => {
    const brings = { event: { original: 'login failed' }, tls: { server: { x509: { public_key_exponent: 65537 } } } };
    const index = 'logs-nginx.access-default';
    expect([
      found('kuery', 'event.original: failed', index, brings),
      found('lucene', 'event.original:failed', index, brings),
      found('eql', 'any where event.original : "*failed"', index, brings),
      found('kuery', 'tls.server.x509.public_key_exponent: 65537', index, brings),
      found('kuery', 'event.original: *', index, brings),
      found('eql', 'any where event.original != null', index, brings),
    ]).toEqual([['query/fails'], [], ['query/fails'], ['query/fails'], [], []]);
  });

  it('are refused where they cannot be searched, before there are events', () => {
    const mapping = mappingForIndices(['logs-nginx.access-*']);
    const said = (language: 'kuery' | 'lucene' | 'eql', query: string): unknown =>
      checkQuery(language, query, { mapping, now: 0 }).map(({ id, message, span }) => [id, query.slice(span.start, span.end), message]);
    const refused = ['query/field-not-usable', 'event.original', 'event.original cannot be searched'];
    expect([
      said('kuery', 'not event.original: failed'),
      said('kuery', 'event.original: fail*'),
      said('lucene', 'event.original:failed'),
      said('eql', 'any where event.original : "*failed"'),
      said('eql', 'any where "x" == event.original or event.original in ("a", "b")'),
      said('kuery', 'event.original: *'),
      said('eql', 'any where event.original != null'),
    ]).toEqual([[refused], [refused], [refused], [refused], [refused, refused], [], []]);
  }); // prettier-ignore
});
