import { KnownError } from '../text/known-error.ts';

/** A script that completes the names of the commands. */
export function completion(shell: string, commands: readonly string[]): string {
  const words = commands.join(' ');
  switch (shell) {
    case 'bash':
      return `complete -o default -W "${words}" dac\n`;
    case 'zsh':
      return `#compdef dac\n_arguments '1:command:(${words})' '*:file:_files'\n`;
    case 'fish':
      return commands.map((one) => `complete -c dac -n __fish_use_subcommand -a ${one}\n`).join('');
    default:
      throw new KnownError(`there is no completion for ${shell}`, { help: 'the shells are bash, zsh and fish' });
  }
}
