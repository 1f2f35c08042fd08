import type { Environment } from './server/cache.ts';
import { ENDING } from './server/interrupt.ts';
import { ensureServer, type Server } from './server/server.ts';
import { OracleCluster } from './cluster.ts';
import { isNotRun, NotRun, notRunOf, type NotRunResult } from './not-run.ts';

/** Which server is asked. */
export interface Target {
  readonly env: Environment;
  /** Version of the server that is started, or that the one at `against` has to have. */
  readonly version?: string;
  /** Address of a server that runs already: a container of a workflow, a user's cluster. */
  readonly against?: string;
}

/** Variable with the API key of the server at `--against`. */
export const KEY_VARIABLE = 'DAC_ELASTICSEARCH_API_KEY';

/**
 * Does something with a server: the one at an address, the one that runs, or one that is started for it. What it made there
 * is deleted, however it ends.
 */
export async function withCluster<T>(
  target: Target,
  act: (cluster: OracleCluster) => Promise<T>,
): Promise<T | NotRunResult> {
  let server: Server | undefined;
  let cluster: OracleCluster | undefined;
  const close = async (): Promise<void> => {
    await cluster?.close();
    server?.release();
  };
  const interrupted = (signal: NodeJS.Signals): void => {
    void close().finally(() => process.kill(process.pid, signal));
  };
  try {
    if (target.against === undefined) {
      const found = await ensureServer(target);
      if (isNotRun(found)) return found;
      server = found;
    }
    // Not before: a start that is ended puts away what it made.
    for (const signal of ENDING) process.once(signal, interrupted);
    cluster = await OracleCluster.connect(target.against ?? server?.url ?? '', credentials(target));
    const wanted = target.against === undefined ? undefined : target.version;
    if (wanted !== undefined && cluster.version !== wanted && !cluster.version.startsWith(`${wanted}.`))
      throw new NotRun(`the server at ${target.against ?? ''} is ${cluster.version}, not ${wanted}`);
    return await act(cluster);
  } catch (error) {
    return notRunOf(error);
  } finally {
    for (const signal of ENDING) process.off(signal, interrupted);
    await close();
  }
}

/** The key goes to the address that the user named alone. */
function credentials({ against, env }: Target): { readonly apiKey: string } | undefined {
  const apiKey = env[KEY_VARIABLE];
  return against === undefined || apiKey === undefined || apiKey === '' ? undefined : { apiKey };
}
