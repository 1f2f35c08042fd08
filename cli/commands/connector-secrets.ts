import { secretOf, type SecretSource } from '../kibana/client/credentials.ts';
import type { Secret } from '../remote/secret.ts';
import type { Entry, Kind } from '../kibana/plan/plan.ts';
import type { SecretReference } from '../rule/connectors.ts';
import { KnownError } from '../text/known-error.ts';
import type { Config } from './configuration.ts';
import type { Host } from './host.ts';
import type { Remote } from './kibana-remote.ts';
import { kibanaSources } from './kibana-sources.ts';
import { connectorsWanted } from './wanted-state.ts';

const sourceOf = (reference: SecretReference): SecretSource => {
  if ('env' in reference) return { kind: 'variable', name: reference.env };
  if ('file' in reference) return { kind: 'file', path: reference.file };
  return { kind: 'command', argv: reference.command };
};

/**
 * The values of the secrets that a plan names, by id of the connector. Where they come from stands in the repository and not in
 * the plan, so that a plan from elsewhere cannot have programs run or variables sent. From here on they are masked. Throws a
 * KnownError, before anything was sent.
 */
export async function connectorSecrets(
  host: Host,
  config: Config,
  remote: Remote,
  entries: readonly Entry[],
  kinds: readonly Kind[] | undefined,
): Promise<ReadonlyMap<string, ReadonlyMap<string, Secret>>> {
  const needed = entries.filter(
    ({ kind, action, secrets = [] }) =>
      kind === 'connector' && (action === 'create' || action === 'change') && secrets.length > 0,
  );
  if (needed.length === 0 || kinds?.includes('connector') === false) return new Map();
  const wanted = connectorsWanted(host, config, remote.environment)?.connectors ?? [];
  const sources = kibanaSources(host, config);
  const found = new Map<string, ReadonlyMap<string, Secret>>();
  for (const { id, name, path = '', secrets = [] } of needed) {
    const connector = wanted.find((one) => one.id === id);
    const values = new Map<string, Secret>();
    for (const secret of secrets) {
      const reference = connector?.secrets.get(secret);
      if (reference === undefined)
        throw new KnownError(`${path} says nothing of the secret ${secret} of connector "${name}"`, {
          why: 'the plan was made from another state of the repository',
          help: 'check out the commit that it was made from, or plan again',
        });
      const value = await secretOf(sourceOf(reference), sources);
      remote.hide(value);
      values.set(secret, value);
    }
    found.set(id, values);
  }
  return found;
}
