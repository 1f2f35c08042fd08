import type { CompletionNode } from './tree.ts';

const quoted = (text: string): string => `'${text.replace(/[\\']/g, (one) => `\\${one}`)}'`;

function condition(node: CompletionNode): string {
  if (node.path === '') return '__fish_use_subcommand';
  const words = node.path.split(' ').map((word) => `__fish_seen_subcommand_from ${word}`);
  const below = node.commands.map((one) => one.name);
  return [...words, ...(below.length === 0 ? [] : [`not __fish_seen_subcommand_from ${below.join(' ')}`])].join(
    '; and ',
  );
}

export function fishCompletion(nodes: readonly CompletionNode[]): string {
  const lines = nodes.flatMap((node) => {
    const when = `complete -c dac -n ${quoted(condition(node))}`;
    return [
      ...node.commands.map((one) => `${when} -f -a ${one.name} -d ${quoted(one.what)}`),
      ...(node.values.length === 0 ? [] : [`${when} -f -a ${quoted(node.values.join(' '))}`]),
      ...node.flags.map((flag) => {
        const short = flag.short === undefined ? '' : ` -s ${flag.short.slice(1)}`;
        const value = !flag.takesValue
          ? ''
          : flag.values.length > 0
            ? ` -x -a ${quoted(flag.values.join(' '))}`
            : ' -r';
        return `${when}${short} -l ${flag.long.slice(2)}${value} -d ${quoted(flag.what)}`;
      }),
    ];
  });
  return `# Completion of dac for fish: dac completion fish > ~/.config/fish/completions/dac.fish\n${lines.join('\n')}\n`;
}
