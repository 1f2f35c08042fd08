import type { Command } from 'commander';

export interface CompletionFlag {
  /** `--format`, and its short form `-f` if it has one. */
  readonly long: string;
  readonly short?: string;
  readonly what: string;
  readonly takesValue: boolean;
  /** Values that are known beforehand; empty: files. */
  readonly values: readonly string[];
}

/** One command. The root has an empty path. */
export interface CompletionNode {
  /** Words after `dac`: `config show`. */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly what: string }[];
  readonly flags: readonly CompletionFlag[];
  /** Values of its first argument; empty: files. */
  readonly values: readonly string[];
}

/** Names of formats as the flag's own text lists them, so that they are written once. */
const listed = (what: string): readonly string[] => /^[a-z, ]+/.exec(what)?.[0].trim().split(', ') ?? [];

/**
 * The command line as data, for the scripts. `known` has the values of flags and arguments that are no fixed choice, by
 * the name of the flag or of the command.
 */
export function completionTree(
  dac: Command,
  known: Readonly<Record<string, readonly string[]>>,
): readonly CompletionNode[] {
  const nodes: CompletionNode[] = [];
  const visit = (command: Command, path: readonly string[]): void => {
    const help = command.createHelp();
    nodes.push({
      path: path.join(' '),
      commands: help.visibleCommands(command).map((one) => ({ name: one.name(), what: one.description() })),
      flags: help.visibleOptions(command).map((option): CompletionFlag => ({
        long: option.long ?? '',
        ...(option.short === undefined ? {} : { short: option.short }),
        what: option.description,
        takesValue: option.required || option.optional,
        values:
          option.argChoices ?? (option.long === '--format' ? listed(option.description) : (known[option.name()] ?? [])),
      })),
      values: known[command.name()] ?? (command.name() === 'completion' ? ['bash', 'zsh', 'fish', 'powershell'] : []),
    });
    for (const child of command.commands) visit(child, [...path, child.name()]);
  };
  visit(dac, []);
  return nodes;
}

/** Text in single quotes of a POSIX shell. */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
