import { spelledJson } from '../../../text/spelled-json.ts';
import { isRefused } from '../answer.ts';
import type { OracleCluster } from '../cluster.ts';
import type { Judge } from './judge.ts';

/** A server as a judge. */
export const serverJudge = (cluster: OracleCluster): Judge => ({
  async open(mapping, settings) {
    const name = await cluster.createIndex(spelledJson(mapping), spelledJson(settings));
    if (isRefused(name)) return name;
    return {
      async add(documents) {
        const refused = await cluster.index(name, documents.map((source, at) => ({ id: String(at), source }))); // prettier-ignore
        return documents.map((_, at) => refused.get(String(at))?.refused);
      },
      async search(queries) {
        const answers = await cluster.searches(queries.map((query) => ({ index: name, query })));
        return answers.map((answer) => (isRefused(answer) ? { fails: answer.refused } : { found: answer.map(Number).sort((a, b) => a - b) })); // prettier-ignore
      },
      close: () => cluster.delete(name),
    };
  },
});
