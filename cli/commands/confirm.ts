import { KnownError } from '../text/known-error.ts';
import type { Host } from './host.ts';

/** Asks before something is written to Kibana. Where nobody can answer, `--yes` has to have said it. Throws a KnownError. */
export async function confirmed(host: Host, yes: boolean | undefined, question: string): Promise<boolean> {
  if (yes === true) return true;
  if (!host.terminal || host.ask === undefined)
    throw new KnownError('nobody can be asked here', { help: 'look at what stands above, then give --yes' });
  return /^y(es)?$/i.test((await host.ask(`${question} [y/N] `)).trim());
}

/**
 * The same for a protected environment: `--yes` is a habit, so that its name has to be typed, or to stand in `--confirm`. Throws
 * a KnownError where nobody can be asked.
 */
export async function confirmedByName(host: Host, yes: boolean | undefined, name: string, question: string): Promise<boolean> {
  if (yes === true || !host.terminal || host.ask === undefined)
    throw new KnownError(`environment ${name} is protected${yes === true ? ': --yes is not enough' : ', and nobody can be asked here'}`, {
      help: `look at the plan, then give --confirm ${name}`,
    });
  const answer = await host.ask(`Environment ${name} is protected. ${question} Type its name to go on: `);
  return answer.trim() === name;
} // prettier-ignore
