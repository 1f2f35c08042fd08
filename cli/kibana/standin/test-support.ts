import { onTestFinished } from 'vitest';
import type { Json, JsonObject } from '../../text/json.ts';
import { emptySpace, newWorld, startStandIn, steady, type StandInOptions } from './index.ts';

/** A stand-in on a free port with the spaces `default` and `soc`, and what sends requests to it; closed after the test. */
export async function standIn(more: Partial<StandInOptions> = {}) {
  const world = newWorld(steady());
  world.spaces.set('soc', emptySpace('SOC'));
  const server = await startStandIn({ world, ...more });
  onTestFinished(() => server.close());
  const send = async (
    method: string,
    path: string,
    body?: Json | FormData | Blob,
    headers: Record<string, string> = {},
  ) => {
    const response = await fetch(server.url + path, {
      method,
      headers: {
        authorization: 'ApiKey x',
        'kbn-xsrf': 'test',
        ...(body === undefined || body instanceof FormData || body instanceof Blob
          ? {}
          : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: body instanceof FormData || body instanceof Blob ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      text,
      get json(): JsonObject {
        return JSON.parse(text) as JsonObject;
      },
      get lines(): readonly JsonObject[] {
        return text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as JsonObject);
      },
    };
  };
  return { server, world, send };
}

/** A form with a file of these lines. */
export const file = (lines: readonly Json[], name = 'rules.ndjson'): FormData => {
  const form = new FormData();
  form.append('file', new Blob([lines.map((line) => `${JSON.stringify(line)}\n`).join('')]), name);
  return form;
};
export const RULES = '/api/detection_engine/rules';
/** The least body of a rule. */
export const rule = (rule_id: string, more: JsonObject = {}): JsonObject => ({
  type: 'query',
  rule_id,
  name: `Rule ${rule_id}`,
  description: 'x',
  risk_score: 21,
  severity: 'low',
  query: 'a: b',
  ...more,
});
