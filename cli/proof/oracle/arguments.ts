import { parseArgs } from 'node:util';
import { FUZZ_LANGUAGES, type FuzzLanguage } from './fuzz/fuzz.ts';
import type { Environment } from './server/cache.ts';
import type { Target } from './session.ts';

export const USAGE = `usage: npm run oracle -- start | stop | status [--server-version V]
       npm run oracle -- DIR [--gate] [--format json] [--server-version V | --against URL]
       npm run oracle -- --fuzz SECONDS [--seed N] [--language dsl|lucene|kql] [--record] [--format json] [...]

  start, stop, status  the server: one node, which later calls use; without a version, stop and status speak of all
  DIR                  asks a server and our engine the vectors below DIR, and compares; starts the server where none runs
  --gate               exit 1 only for suites that have a floor in cli/proof/floors.json
  --fuzz SECONDS       asks both at random for so long, and makes what differs small
  --seed N             the same seed asks the same; one of its own where none is given
  --language L         queries of one language alone; without it all of them, and indexing and grouping
  --record             keeps the figures of the run in cli/proof/fuzz-runs.json, for docs/conformance.md
  --server-version V   9.2.0 where none is given
  --against URL        a server that runs already; DAC_ELASTICSEARCH_API_KEY holds its key where it wants one
  --format json        of a comparison: {suites, pairs, differences, not_run} on standard output, and nothing else
`;

export type Command =
  | { readonly does: 'start' | 'stop' | 'status' }
  | { readonly does: 'vectors'; readonly folder: string; readonly gate: boolean }
  | {
      readonly does: 'fuzz';
      readonly seconds: number;
      readonly seed: number;
      readonly languages: readonly FuzzLanguage[];
      readonly record: boolean;
    };

export interface Arguments {
  readonly command: Command;
  readonly json: boolean;
  readonly target: Target;
}

/** Undefined: the arguments are not understood. `freshSeed` is taken where no seed is given. */
export function readArguments(
  args: readonly string[],
  { env, freshSeed }: { readonly env: Environment; readonly freshSeed: () => number },
): Arguments | undefined {
  const parsed = parse(args);
  if (parsed === undefined) return undefined;
  const { values, positionals } = parsed;
  const { 'server-version': version, against, format } = values;
  const command = values.fuzz === undefined ? asked(positionals, values.gate === true) : fuzzCommand(values, freshSeed);
  const stray = [values.seed, values.language, values.record].some((value) => value !== undefined);
  if (command === undefined || (format !== undefined && format !== 'json' && format !== 'text')) return undefined;
  if (values.fuzz === undefined ? stray : positionals.length > 0 || values.gate === true) return undefined;
  if (!compares(command) && (format ?? against) !== undefined) return undefined;
  return {
    command,
    json: format === 'json',
    target: { env, ...(version === undefined ? {} : { version }), ...(against === undefined ? {} : { against }) },
  };
}

/** The others speak of the server that they start, in lines, and of no other. */
const compares = ({ does }: Command): boolean => does === 'vectors' || does === 'fuzz';

function parse(args: readonly string[]) {
  const string = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: string,
        'server-version': string,
        against: string,
        fuzz: string,
        seed: string,
        language: string,
        record: { type: 'boolean' },
        gate: { type: 'boolean' },
      },
    });
  } catch {
    return undefined;
  }
}

function asked([what, ...more]: readonly string[], gate: boolean): Command | undefined {
  if (what === undefined || more.length > 0) return undefined;
  if (what !== 'start' && what !== 'stop' && what !== 'status') return { does: 'vectors', folder: what, gate };
  return gate ? undefined : { does: what };
}

function fuzzCommand(
  values: { readonly fuzz?: string; readonly seed?: string; readonly language?: string; readonly record?: boolean },
  freshSeed: () => number,
): Command | undefined {
  const seconds = whole(values.fuzz);
  const seed = values.seed === undefined ? freshSeed() : whole(values.seed);
  const languages = FUZZ_LANGUAGES.filter((each) => values.language === undefined || each === values.language);
  if (seconds === undefined || seconds === 0 || seed === undefined || languages.length === 0) return undefined;
  return { does: 'fuzz', seconds, seed, languages, record: values.record === true };
}

const whole = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
