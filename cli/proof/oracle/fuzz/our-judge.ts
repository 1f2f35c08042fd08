import { spelledJson } from '../../../text/spelled-json.ts';
import { isRefused } from '../answer.ts';
import { OurIndex } from '../ours.ts';
import type { Answer, Judge } from './judge.ts';

/** This engine as a judge. `stack`: the version of Elasticsearch that it is held against. */
export const ourJudge = (now: () => number, stack?: string): Judge => ({
  open(mapping, settings) {
    const index = OurIndex.create(spelledJson(mapping), spelledJson(settings), stack);
    if (isRefused(index)) return Promise.resolve(index);
    return Promise.resolve({
      add: (documents) => {
        const refused = index.index(documents.map((source, at) => ({ id: String(at), source })));
        return Promise.resolve(documents.map((_, at) => refused.get(String(at))?.refused));
      },
      search: (queries) =>
        Promise.resolve(
          queries.map((query): Answer => {
            const answer = index.search({ language: 'dsl', query }, now());
            if (!isRefused(answer)) return { found: answer.map(Number).sort((a, b) => a - b) };
            return { fails: answer.refused, ...(answer.unsupported === true ? { unsupported: true } : {}) };
          }),
        ),
      close: () => Promise.resolve(),
    });
  },
});
