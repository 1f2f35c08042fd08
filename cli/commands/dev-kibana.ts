import { randomUUID } from 'node:crypto';
import { newWorld, startStandIn } from '../kibana/standin/index.ts';
import { KnownError } from '../text/known-error.ts';
import type { ExitCode } from './exit-code.ts';
import type { Host } from './host.ts';

const PORT = 5601;

function portOf(written: string | undefined): number {
  const port = Number(written ?? PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new KnownError(`--port ${written ?? ''} is no port`, {
      help: 'give a number from 1 to 65535; 0 takes a free one',
    });
  return port;
}

/** Resolves when the process is told to stop. */
const stopped = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });

/** `dac dev kibana [--port N]`: the stand-in for Kibana, until it is stopped. Nothing that it holds outlives it. */
export async function devKibana(
  host: Host,
  options: { readonly port?: string; readonly latency?: string },
  until: () => Promise<void> = stopped,
): Promise<ExitCode> {
  const latency = Number(options.latency ?? 0);
  if (!Number.isInteger(latency) || latency < 0)
    throw new KnownError(`--latency ${options.latency ?? ''} is no number of milliseconds`, {
      help: 'such as --latency 50',
    });
  const port = portOf(options.port);
  const world = newWorld({ now: () => new Date(host.now()).toISOString(), uuid: randomUUID });
  const server = await startStandIn({ world, port, latency }).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw new KnownError(`port ${port} cannot be listened on`, {
      why:
        code === 'EADDRINUSE'
          ? 'another program listens there'
          : error instanceof Error
            ? error.message
            : String(error),
      help: 'choose another with --port, or let --port 0 choose',
    });
  });
  host.err(
    'A stand-in for Kibana: for trying dac without a stack. It takes any API key, forgets everything when it stops, runs no\n' +
      'rule, and can only be reached from this machine. Stop it with Ctrl-C.\n\n',
  );
  host.out(`export DAC_KIBANA_URL=${server.url}\nexport DAC_KIBANA_SPACE=default\nexport DAC_KIBANA_API_KEY=any\n`);
  await until();
  await server.close();
  return 0;
}
