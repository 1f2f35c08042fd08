import type { Command } from 'commander';
import { ids } from '../lint/registry.ts';
import { KnownError } from '../text/known-error.ts';
import { didYouMean } from '../text/suggest.ts';
import { bashCompletion } from './completion/bash.ts';
import { fishCompletion } from './completion/fish.ts';
import { powershellCompletion } from './completion/powershell.ts';
import { completionTree, type CompletionNode } from './completion/tree.ts';
import { zshCompletion } from './completion/zsh.ts';

const SHELLS: Readonly<Record<string, (nodes: readonly CompletionNode[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
  powershell: powershellCompletion,
};

/** A script that completes commands, flags, and the values that are known beforehand. */
export function completion(shell: string, dac: Command): string {
  const write = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
  if (write === undefined)
    throw new KnownError(`there is no completion for ${shell}${didYouMean(shell, Object.keys(SHELLS))}`, {
      help: `the shells are ${Object.keys(SHELLS).join(', ')}`,
    });
  const known = ids.map((one) => one.id);
  return write(completionTree(dac, { only: known, skip: known, explain: known }));
}
