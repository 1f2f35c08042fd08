import { KnownError } from '../text/known-error.ts';
import type { Host } from './host.ts';

/** Asks before something is written to Kibana. Where nobody can answer, `--yes` has to have said it. Throws a KnownError. */
export async function confirmed(host: Host, yes: boolean | undefined, question: string): Promise<boolean> {
  if (yes === true) return true;
  if (!host.terminal || host.ask === undefined)
    throw new KnownError('nobody can be asked here', { help: 'look at what stands above, then give --yes' });
  return /^y(es)?$/i.test((await host.ask(`${question} [y/N] `)).trim());
}
