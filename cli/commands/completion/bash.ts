import { quoted, type CompletionNode } from './tree.ts';

/** For bash 3.2 and later, without the bash-completion package. */
export function bashCompletion(nodes: readonly CompletionNode[]): string {
  const groups = nodes.filter((node) => node.commands.length > 0 && node.path !== '').map((node) => node.path);
  const words = nodes.map((node) => {
    const flags = node.flags.flatMap((flag) => (flag.short === undefined ? [flag.long] : [flag.short, flag.long]));
    const names = [...node.commands.map((one) => one.name), ...node.values];
    return `    ${quoted(node.path)}) names=${quoted(names.join(' '))}; flags=${quoted(flags.join(' '))} ;;`;
  });
  const values = nodes.flatMap((node) =>
    node.flags
      .filter((flag) => flag.values.length > 0)
      .map((flag) => {
        const both = flag.short === undefined ? [flag.long] : [flag.long, flag.short];
        return `    ${both.map((one) => quoted(`${node.path} ${one}`)).join('|')}) COMPREPLY=($(compgen -W ${quoted(flag.values.join(' '))} -- "$word")); return ;;`;
      }),
  );
  return `# Completion of dac for bash: source <(dac completion bash)
_dac() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" path='' names='' flags='' one
  local groups=${quoted(groups.join(' '))}
  for one in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$one" in
      -*) ;;
      *)
        if [ -z "$path" ]; then path="$one"
        elif [[ " $groups " == *" $path "* ]]; then path="$path $one"
        fi
        ;;
    esac
  done
  case "$path $before" in
${values.join('\n')}
  esac
  case "$path" in
${words.join('\n')}
  esac
  if [[ "$word" == -* ]]; then COMPREPLY=($(compgen -W "$flags" -- "$word"))
  elif [ -n "$names" ]; then COMPREPLY=($(compgen -W "$names" -- "$word"))
  fi
}
complete -o bashdefault -o default -F _dac dac
`;
}
