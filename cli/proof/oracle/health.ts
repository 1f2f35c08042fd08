import { isRefused } from './answer.ts';
import type { AskedServer } from './cluster.ts';
import { NoAnswer, NotRun } from './not-run.ts';

/** Whether a server takes one small document and finds it again. */
async function isWell(cluster: AskedServer): Promise<boolean> {
  try {
    const name = await cluster.createIndex('{"properties":{"a":{"type":"keyword"}}}');
    if (isRefused(name)) return false;
    try {
      const refused = await cluster.index(name, [{ id: '1', source: '{"a":"x"}' }]);
      const [found] = await cluster.searches([{ index: name, query: '{"term":{"a":"x"}}' }]);
      return refused.size === 0 && found !== undefined && !isRefused(found) && found[0] === '1';
    } finally {
      await cluster.delete(name);
    }
  } catch (error) {
    if (error instanceof NotRun) return false;
    throw error;
  }
}

/**
 * What asking gives, or why the server did not answer this. Throws on what ends the run: a connection that breaks, and a server
 * that does not answer anything else either.
 */
export async function askedOf<T>(cluster: AskedServer, ask: () => Promise<T>): Promise<T | NoAnswer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof NoAnswer) || !(await isWell(cluster))) throw error;
    return error;
  }
}
