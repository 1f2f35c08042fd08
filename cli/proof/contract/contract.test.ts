import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { RULES, rule, standIn } from '../../kibana/standin/test-support.ts';
import type { Json } from '../../text/json.ts';
import { theWatch, Watch } from './watch.ts';

/** A contract that Kibana does not keep, so that each kind of violation can be seen. */
const CONTRACT = `
openapi: 3.0.3
paths:
  /api/detection_engine/rules:
    post:
      parameters:
        - { $ref: '#/components/parameters/xsrf' }
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Sent' } } }
      responses:
        '200': { content: { application/json: { schema: { $ref: '#/components/schemas/Kept' } } } }
        default: { $ref: '#/components/responses/Refused' }
    get:
      parameters:
        - { name: rule_id, in: query, schema: { type: string, minLength: 3 } }
      responses:
        '404': { content: { application/json: { schema: { type: object } } } }
        '200': { content: { text/plain: {} } }
  /api/detection_engine/rules/_export:
    post:
      responses:
        '200': { content: { application/ndjson: { schema: { type: string, format: binary } } } }
  /api/detection_engine/rules/_find:
    get:
      parameters:
        - { name: page, in: query, required: true, schema: { type: integer, maximum: 1 } }
      responses:
        '200': { content: { application/json: { schema: { type: object } } } }
components:
  parameters:
    xsrf: { name: kbn-xsrf, in: header, required: true, schema: { enum: [test] } }
  responses:
    Refused: { content: { application/json: { schema: { type: object, required: [code] } } } }
  schemas:
    Name: { type: string, nullable: true, maxLength: 6 }
    Query: { type: object, required: [type, name], properties: { type: { enum: [query] }, name: { $ref: '#/components/schemas/Name' } } }
    Eql: { allOf: [{ type: object, required: [type, never], properties: { type: { enum: [eql] } } }] }
    Sent: { discriminator: { propertyName: type }, anyOf: [{ $ref: '#/components/schemas/Eql' }, { $ref: '#/components/schemas/Query' }] }
    Kept: { type: object, properties: { revision: { type: string }, threat: { nullable: true, type: array } } }
    Security_Detections_API_RuleResponse: { type: object, properties: { risk_score: { maximum: 20 } } }
`;

async function watched() {
  const folder = mkdtempSync(join(tmpdir(), 'dac-contract-'));
  const path = join(folder, 'contract.yaml');
  writeFileSync(path, CONTRACT);
  const watch = new Watch(path);
  onTestFinished(() => {
    watch.end();
    rmSync(folder, { recursive: true });
  });
  const take = (): readonly string[] => {
    // What a real contract at hand says of these requests is not what is tested.
    theWatch()?.take();
    return watch.take();
  };
  return { take, ...(await standIn()) };
}

it('names route, status, place and value of what breaks a contract', async () => {
  const { take, send } = await watched();
  const took = async (method: string, path: string, body?: Json, headers?: Record<string, string>) => {
    await send(method, path, body, headers);
    return take();
  };
  const made = 'POST /api/detection_engine/rules 200: ';
  // The answer has a revision that is no string; the request is right, though its name could be null.
  expect(await took('POST', RULES, rule('a'))).toEqual([`${made}response /revision is 0: must be string`]);
  expect((await took('POST', RULES, rule('b', { name: 'Rule bcd' })))[0]).toBe(
    `${made}request /name is "Rule bcd": must NOT have more than 6 characters`,
  );
  // Of a union only the member that is meant speaks: `name` is checked, not that `never` is missing.
  expect((await took('POST', RULES, rule('c', { type: 'esql', language: 'esql' })))[0]).toBe(
    `${made}request /type is "esql": must be equal to one of the allowed values (["eql","query"])`,
  );
  expect((await took('POST', RULES, rule('d'), { 'kbn-xsrf': 'other' }))[0]).toBe(
    `${made}request kbn-xsrf is ["other"], which its schema refuses`,
  );
  expect(await took('GET', `${RULES}?rule_id=a`)).toEqual([
    'GET /api/detection_engine/rules 200: query rule_id is ["a"], which its schema refuses',
    'GET /api/detection_engine/rules 200: response is application/json; the contract has text/plain',
  ]);
  expect(await took('GET', `${RULES}/_find?per_page=1`)).toEqual([
    'GET /api/detection_engine/rules/_find 200: query page is missing',
  ]);
  expect(await took('GET', `${RULES}/_find?page=2`)).toEqual([
    'GET /api/detection_engine/rules/_find 200: query page is ["2"], which its schema refuses',
  ]);
  expect(await took('POST', `${RULES}/_export`)).toEqual([
    'POST /api/detection_engine/rules/_export 200: line /risk_score is 21: must be <= 20',
  ]);
  expect(await took('GET', '/api/spaces/space')).toEqual(['GET /api/spaces/space 200: route is not known']);
});

it('holds bad requests of a test only against their answer', async () => {
  const { take, send } = await watched();
  expect((await send('POST', RULES, { name: 'too long a name' })).status).toBe(400);
  expect(take()).toEqual([
    'POST /api/detection_engine/rules 400: response is {"statusCode":400,"error":"Bad Request","message":"[request body]: type: Invalid discriminator value. Expected \'eql\' | …: must have required property \'code\'',
  ]);
  // No answer of the contract's has this status.
  expect((await send('GET', RULES)).status).toBe(400);
  expect(take()).toEqual(['GET /api/detection_engine/rules 400: status is not known']);
  // What is not there may be asked for, and is refused.
  expect((await send('GET', '/api/nothing')).status).toBe(404);
  expect(take()).toEqual([]);
});

it('holds every request of our own client, refused or not, and lets it send nothing that is left aside', async () => {
  const { take, send } = await watched();
  const client = { 'user-agent': 'dac/1.2.3' };
  expect((await send('GET', `${RULES}?rule_id=zz&verbose=1`, undefined, client)).status).toBe(404);
  expect(take()).toEqual([
    'GET /api/detection_engine/rules 404: query verbose is not known',
    'GET /api/detection_engine/rules 404: query rule_id is ["zz"], which its schema refuses',
  ]);
  await send('POST', `${RULES}/_export`, { objects: [] }, client);
  expect(take()).toEqual([
    'POST /api/detection_engine/rules/_export 200: request has a body, and the route takes none',
  ]);
  await send('GET', '/api/nothing', undefined, client);
  expect(take()).toEqual(['GET /api/nothing 404: route is not known']);
});

it('does not see what a fault answers in place of Kibana', async () => {
  const { take } = await watched();
  const broken = await standIn({
    fault: (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
      return true;
    },
  });
  expect((await broken.send('GET', RULES)).text).toBe('<html>');
  expect(take()).toEqual([]);
});
