import { resolve } from 'node:path';
import { mappingFromElasticsearch } from '../fields/elasticsearch-mapping.ts';
import type { Mapping } from '../fields/mapping.ts';
import { mappingForRule } from '../fields/tables/rule-mapping.ts';
import { inspectQuery, type InspectedLanguage } from '../query/inspect.ts';
import { queryJson, queryPage } from '../report/query-page.ts';
import { isJsonObject, own, type Json } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';
import { parseJson } from '../text/parse-json.ts';
import { didYouMean } from '../text/suggest.ts';
import { readConfig } from './configuration.ts';
import { allEvents } from './event-files.ts';
import type { ExitCode } from './exit-code.ts';
import type { Host } from './host.ts';
import { parseFormat, put } from './outputs.ts';
import { isReadFault, readRegular } from './read-file.ts';
import type { ConfigFlags } from './settings.ts';

export interface QueryOptions extends ConfigFlags {
  readonly language?: string;
  readonly mapping?: string;
  readonly index?: readonly string[];
  readonly events?: readonly string[];
  readonly now?: string;
  readonly format?: string;
}

const LANGUAGES: Readonly<Record<string, InspectedLanguage>> = {
  kql: 'kuery',
  kuery: 'kuery',
  lucene: 'lucene',
  eql: 'eql',
  dsl: 'dsl',
};

const MAX_MAPPING = 64 * 1024 * 1024;

const isQueryFormat = (name: string): name is 'pretty' | 'json' => name === 'pretty' || name === 'json';

/** `dac query TEXT`: the tree of a query, the Query DSL that it becomes, and which events it matches and why. */
export async function query(host: Host, written: string, options: QueryOptions): Promise<ExitCode> {
  const output = parseFormat(options.format ?? 'pretty', ['pretty', 'json'], isQueryFormat);
  const name = options.language ?? 'kql';
  const language = Object.hasOwn(LANGUAGES, name) ? LANGUAGES[name] : undefined;
  if (language === undefined)
    throw new KnownError(`dac query knows no language ${name}${didYouMean(name, Object.keys(LANGUAGES))}`, {
      help: 'it is kql, lucene, eql or dsl',
    });
  const now = options.now === undefined ? host.now() : Date.parse(options.now);
  if (Number.isNaN(now))
    throw new KnownError(`--now ${options.now ?? ''} is no instant`, { help: 'write 2026-01-31T12:00:00Z' });
  const { stack } = readConfig(host, options);
  const mapping =
    options.mapping === undefined
      ? mappingForRule({ body: options.index === undefined ? {} : { index: options.index }, metadata: {} }, { stack })
      : readMapping(resolve(host.cwd, options.mapping), options.mapping, stack);
  const text = written === '-' ? Buffer.from(host.stdin()).toString('utf8') : written;
  const events = await allEvents(host, options.events ?? []);
  const inspection = inspectQuery(language, text, { mapping, now, stack }, events);
  put(
    host,
    output,
    output.format === 'json' ? `${JSON.stringify(queryJson(inspection), null, 1)}\n` : queryPage(inspection),
  );
  const faulty =
    inspection.diagnostics.some((one) => one.severity === 'error') ||
    inspection.events.some((one) => one.error !== undefined);
  return faulty ? 1 : 0;
}

/** A file with the answer of `GET index`, `GET index/_mapping`, or the mapping alone. */
function readMapping(path: string, shown: string, stack: string | undefined): Mapping {
  const bytes = readRegular(path, MAX_MAPPING);
  if (isReadFault(bytes)) throw new KnownError(`${shown}: ${bytes.message}`, { help: bytes.help });
  let json: Json;
  try {
    json = parseJson(Buffer.from(bytes).toString('utf8')) as Json;
  } catch (cause) {
    throw new KnownError(`${shown} is not JSON`, {
      cause,
      help: 'it is the answer of GET index or GET index/_mapping',
    });
  }
  if (!isJsonObject(json))
    throw new KnownError(`${shown} holds no mapping`, { help: 'it is an object with "properties"' });
  const isMapping = ['mappings', 'properties', 'runtime'].some((key) => own(json, key) !== undefined);
  const [only] = Object.values(json);
  const body = isMapping || !isJsonObject(only) ? json : only;
  return mappingFromElasticsearch(body, own(body, 'settings'), { stack });
}
