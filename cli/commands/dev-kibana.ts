import { randomUUID } from 'node:crypto';
import type { Event } from '../fields/event.ts';
import { compileGetter } from '../fields/values/getter.ts';
import { newWorld, startSearch, startStandIn } from '../kibana/standin/index.ts';
import { eventCounts } from '../report/event-counts.ts';
import { KnownError } from '../text/known-error.ts';
import { allEvents } from './event-files.ts';
import type { ExitCode } from './exit-code.ts';
import type { Host } from './host.ts';

const PORT = 5601;
const SEARCH_PORT = 9200;

function portOf(flag: string, written: string | undefined, standard: number): number {
  const port = Number(written ?? standard);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new KnownError(`${flag} ${written ?? ''} is no port`, {
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

/** Resolves to a server, or says why its port cannot be had. */
async function listening<T>(flag: string, port: number, start: Promise<T>): Promise<T> {
  try {
    return await start;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw new KnownError(`port ${port} cannot be listened on`, {
      why:
        code === 'EADDRINUSE'
          ? 'another program listens there'
          : error instanceof Error
            ? error.message
            : String(error),
      help: `choose another with ${flag}, or let ${flag} 0 choose`,
    });
  }
}

/** Index of events that say nothing of theirs. */
const SOME_INDEX = 'logs-standin-default';

/** What names a data stream, as far as Elasticsearch lets it stand in a name (elasticsearch: MetadataCreateIndexService.java). */
const PART = /^[^A-Z\s"*\\/<>|?,#:]{1,100}$/;
const DATA_STREAM = ['type', 'dataset', 'namespace'].map((part) => compileGetter(`data_stream.${part}`));

/** The data stream that an event without an index says it came from, as in a file of sources alone. */
function indexOf({ index, source }: Event): string {
  if (index !== '') return index;
  const parts = DATA_STREAM.map((get) => get(source)[0]).filter((part) => typeof part === 'string' && PART.test(part));
  return parts.length === DATA_STREAM.length ? parts.map(String).join('-') : SOME_INDEX;
}

const eventsOf = async (host: Host, written: readonly string[]): Promise<readonly Event[]> =>
  (await allEvents(host, written)).map((event) => ({ ...event, index: indexOf(event) }));

export interface DevKibanaOptions {
  readonly port?: string;
  readonly latency?: string;
  readonly events?: readonly string[];
  readonly searchPort?: string;
}

/**
 * `dac dev kibana [--port N] [--events FILE…]`: the stand-in for Kibana, and with events for the Elasticsearch behind it, until
 * it is stopped. Nothing that it holds outlives it.
 */
export async function devKibana(
  host: Host,
  options: DevKibanaOptions,
  until: () => Promise<void> = stopped,
): Promise<ExitCode> {
  const latency = Number(options.latency ?? 0);
  if (!Number.isInteger(latency) || latency < 0)
    throw new KnownError(`--latency ${options.latency ?? ''} is no number of milliseconds`, {
      help: 'such as --latency 50',
    });
  const port = portOf('--port', options.port, PORT);
  const searchPort = portOf('--search-port', options.searchPort, SEARCH_PORT);
  const world = newWorld({ now: () => new Date(host.now()).toISOString(), uuid: randomUUID });
  if (options.events !== undefined) for (const event of await eventsOf(host, options.events)) world.events.push(event);
  const server = await listening('--port', port, startStandIn({ world, port, latency }));
  try {
    const search =
      options.events === undefined
        ? undefined
        : await listening('--search-port', searchPort, startSearch({ world, port: searchPort }));
    host.err(
      'A stand-in for Kibana: for trying dac without a stack. It takes any API key, forgets everything when it stops, and can\n' +
        'only be reached from this machine. It runs rules for dac preview alone, over the events of --events, with the engine of\n' +
        'dac itself. Stop it with Ctrl-C.\n\n',
    );
    if (search !== undefined) host.err(`${eventCounts(world.events)}\n`);
    host.out(`export DAC_KIBANA_URL=${server.url}\nexport DAC_KIBANA_SPACE=default\nexport DAC_KIBANA_API_KEY=any\n`);
    if (search !== undefined) host.out(`export DAC_ELASTICSEARCH_URL=${search.url}\n`);
    await until();
    await search?.close();
  } finally {
    await server.close();
  }
  return 0;
}
