import { analyze, builtInAnalyzer } from '../../../fields/analysis/index.ts';
import type { JsonObject } from '../../../text/json.ts';
import { list, text } from '../../json.ts';
import type { OracleCluster } from '../cluster.ts';
import type { Difference } from '../difference.ts';
import type { IndexResult } from './run.ts';

/** Compares the tokens that the standard analyzer makes of each text. */
export async function runTokens(
  cluster: Pick<OracleCluster, 'tokens'>,
  suite: string,
  vectors: readonly JsonObject[],
): Promise<IndexResult> {
  const analyzer = builtInAnalyzer('standard');
  const differences: Difference[] = [];
  for (const one of vectors) {
    const shown = (tokens: readonly string[]): string => JSON.stringify(tokens);
    const server = shown(await cluster.tokens('standard', text(one['text'])));
    const ours = shown(analyzer === undefined ? [] : analyze(text(one['text']), analyzer).map(({ term }) => term));
    const expected = shown(list(one['tokens']).map(text));
    if (server === ours && server === expected) continue;
    const kind = server === ours ? 'vector' : 'tokens';
    const document = { text: text(one['text']) };
    differences.push({ kind, suite, id: text(one['id']), mapping: {}, document, query: null, server, ours, expected });
  }
  return { vectors: vectors.length, pairs: vectors.length, differences, notRun: [] };
}
