import { compileStars } from '../../../fields/patterns/wildcard.ts';
import type { FuzzRun } from '../../fuzz-runs.ts';
import type { KnownKind } from '../../gate.ts';
import type { OracleCluster } from '../cluster.ts';
import { MATCHES, NO_MATCH, TAKEN, type Difference, type Side } from '../difference.ts';
import { askedOf } from '../health.ts';
import { versionIn } from '../known.ts';
import type { NotRunResult } from '../not-run.ts';
import type { SuiteLine } from '../report.ts';
import type { FuzzDifference, FuzzResult, FuzzSuite } from './findings.ts';
import { fuzz, type FuzzLanguage } from './fuzz.ts';
import { compareIndexing } from './index-batch.ts';
import type { Answer } from './judge.ts';
import { ourJudge } from './our-judge.ts';
import { serverJudge } from './server-judge.ts';

export interface FuzzRequest {
  readonly seconds: number;
  readonly seed: number;
  readonly languages: readonly FuzzLanguage[];
}

/** What random comparison gave, without the kinds of difference that are known. */
export interface FuzzReport {
  readonly suites: readonly SuiteLine[];
  readonly differences: readonly Difference[];
  readonly run: FuzzRun;
  /** Why the run ended before its time. */
  readonly ended?: NotRunResult;
}

/** Compares a server and our engine at random for some seconds; the time counts from the server's first answer. */
export async function runFuzz(
  cluster: OracleCluster,
  { seconds, seed, languages }: FuzzRequest,
  known: readonly KnownKind[],
): Promise<FuzzReport> {
  const result = await fuzz(
    { server: serverJudge(cluster), ours: ourJudge(Date.now, cluster.version) },
    {
      seconds,
      seed,
      languages,
      clock: () => performance.now(),
      asking: (ask) => askedOf(cluster, ask),
      ...(languages.length > 1 ? { indexing: (random) => compareIndexing(cluster, random) } : {}),
    },
  );
  const expected = known
    .filter(({ versions }) => versions === undefined || versionIn(cluster.version, versions))
    .map(({ kind }) => compileStars(kind));
  const odd = result.differences.filter(({ kind }) => !expected.some((fits) => fits(kind)));
  const { ended } = result;
  return {
    suites: [...result.suites.map(suiteLine), ...unsureLine(result.unsure)],
    differences: odd.map((one) => reported(one, seed)),
    run: { server: cluster.version, seed, seconds, ...totals(result), differences: odd.length },
    ...(ended === undefined ? {} : { ended: { notRun: ended } }),
  };
}

const suiteLine = ({ name, pairs, unsupported, unanswered, ...counts }: FuzzSuite): SuiteLine => ({
  name,
  pairs,
  counts,
  notRun: { ...unanswered, ...(unsupported === 0 ? {} : { 'our engine refuses them by name': unsupported }) },
});

/** Differences that are no finding, and not nothing either. */
const unsureLine = (unsure: FuzzResult['unsure']): readonly SuiteLine[] =>
  Object.keys(unsure).length === 0 ? [] : [{ name: 'fuzz/differences', pairs: 0, counts: {}, notRun: unsure }];

const totals = ({ suites }: FuzzResult): Pick<FuzzRun, 'documents' | 'queries' | 'pairs'> => {
  const sum = (key: 'documents' | 'queries' | 'pairs'): number => suites.reduce((all, suite) => all + suite[key], 0);
  return { documents: sum('documents'), queries: sum('queries'), pairs: sum('pairs') };
};

const reported = (one: FuzzDifference, seed: number): Difference => ({
  kind: one.kind,
  suite: 'fuzz',
  id: `seed ${seed}, met ${one.count} times`,
  mapping: one.mapping,
  ...(Object.keys(one.settings).length === 0 ? {} : { settings: one.settings }),
  document: one.document,
  query: one.query ?? null,
  server: side(one, one.server),
  ours: side(one, one.ours),
});

function side({ query }: FuzzDifference, answer: Answer | string): Side {
  if (typeof answer === 'string') return answer;
  if ('fails' in answer) return { refused: answer.fails };
  if (query === undefined) return TAKEN;
  return answer.found.length > 0 ? MATCHES : NO_MATCH;
}
