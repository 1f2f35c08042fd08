import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptySpace, newWorld, startStandIn, steady, type StandIn } from '../index.ts';

let server: StandIn;
beforeEach(async () => {
  const world = newWorld(steady());
  world.spaces.set('other', emptySpace('Other'));
  world.preconfigured.set('fixed', { id: 'fixed', name: 'Fixed', connector_type_id: '.email', is_preconfigured: true });
  server = await startStandIn({ world });
});
afterEach(() => server.close());

async function send(method: string, path: string, body?: object): Promise<readonly [status: number, message: unknown]> {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { authorization: 'ApiKey x', 'kbn-xsrf': 'x', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer: unknown = text === '' ? undefined : JSON.parse(text);
  const message = typeof answer === 'object' && answer !== null && 'message' in answer ? answer.message : answer;
  return [response.status, message];
}
const A = '/api/actions/connector/a';
const LOG = { name: 'Log', connector_type_id: '.server-log' };

describe('a connector', () => {
  it('is made once with its id, in whichever space, and never under one that is configured', async () => {
    expect((await send('POST', A, LOG))[0]).toBe(200);
    const conflict = [409, 'Saved object [action/a] conflict'];
    expect(await send('POST', A, LOG)).toEqual(conflict);
    expect(await send('POST', `/s/other${A}`, LOG)).toEqual(conflict);
    expect(await send('GET', `/s/other${A}`)).toEqual([404, 'Saved object [action/a] not found']);
    const fixed = '/api/actions/connector/fixed';
    expect(await send('POST', fixed, LOG)).toEqual([400, 'This fixed already exists in a preconfigured action.']);
    expect(await send('PUT', fixed, { name: 'x' })).toEqual([400, 'Preconfigured action fixed can not be updated.']);
    expect(await send('DELETE', fixed)).toEqual([400, 'Preconfigured action fixed is not allowed to delete.']);
  });

  it.each([
    [{ name: 'x', connector_type_id: '.slack', secrets: {} }, 'error validating action type secrets: [webhookUrl]: expected value of type [string] but got [undefined]'],
    [{ name: 'x', connector_type_id: '.webhook', config: { url: 7 } }, 'error validating action type config: [url]: expected value of type [string] but got [number]'],
    [{ name: ' ', connector_type_id: '.server-log' }, "[request body.name]: value '' is not valid"],
    [{ name: 'x', connector_type_id: '.index', config: { index: 'a', more: { deep: [''] } } }, "[request body.config.more]: value '' is not valid"],
    [{ name: 'x', connector_type_id: 'nothing' }, 'Action type "nothing" is not registered.'],
    [{ name: 'x', connector_type_id: '.slak' }, 'Action type ".slak" is not registered.'],
  ])('is refused: %j', async (body, message) => {
    expect(await send('POST', A, body)).toEqual([400, message]);
  }); // prettier-ignore

  it('gets what its type fills in, keeps its type, and shows no secret', async () => {
    const body = { name: 'Hook', connector_type_id: '.webhook', config: { url: 'https://a.example.org' }, secrets: { password: 'hidden', user: 'u' } }; // prettier-ignore
    const made = await send('POST', A, body);
    expect(made).toEqual([200, expect.objectContaining({ config: { hasAuth: true, headers: null, url: 'https://a.example.org' }, is_missing_secrets: false })]); // prettier-ignore
    const changed = await send('PUT', A, { name: 'Hook', config: { url: 'https://b.example.org' }, secrets: {} });
    expect(changed).toEqual([200, expect.objectContaining({ connector_type_id: '.webhook' })]);
    expect(JSON.stringify([made, changed, await send('GET', '/api/actions/connectors')])).not.toContain('hidden');
    expect((await send('DELETE', A))[0]).toBe(204);
    expect((await send('DELETE', A))[0]).toBe(404);
  });
});
