import { quoted, type CompletionFlag, type CompletionNode } from './tree.ts';

const functionOf = (path: string): string => `_dac${path === '' ? '' : `_${path.replaceAll(' ', '_')}`}`;

/** Text inside of `[…]` and `name:text` of _arguments and _describe. */
const plain = (text: string): string => text.replace(/[[\]:\\]/g, (one) => `\\${one}`);

function spec(flag: CompletionFlag): string {
  const value = !flag.takesValue ? '' : flag.values.length > 0 ? `:value:(${flag.values.join(' ')})` : ':value:_files';
  const text = `[${plain(flag.what)}]${value}`;
  return flag.short === undefined ? quoted(`*${flag.long}${text}`) : `'*'{${flag.short},${flag.long}}${quoted(text)}`;
}

export function zshCompletion(nodes: readonly CompletionNode[]): string {
  const functions = nodes.map((node) => {
    const flags = node.flags.map((flag) => `    ${spec(flag)}`);
    if (node.commands.length === 0) {
      const rest = node.values.length > 0 ? `'*:value:(${node.values.join(' ')})'` : `'*:file:_files'`;
      return `${functionOf(node.path)}() {\n  _arguments \\\n${[...flags, `    ${rest}`].join(' \\\n')}\n}`;
    }
    const names = node.commands.map((one) => `    ${quoted(`${one.name}:${plain(one.what)}`)}`);
    const cases = node.commands.map((one) => {
      const path = node.path === '' ? one.name : `${node.path} ${one.name}`;
      return `      ${one.name}) ${functionOf(path)} ;;`;
    });
    return `${functionOf(node.path)}() {
  local -a commands=(
${names.join('\n')}
  )
  local context state line
  _arguments -C \\
${[...flags, `    '1:command:->command'`, `    '*::argument:->argument'`].join(' \\\n')}
  case "$state" in
    command) _describe command commands ;;
    argument) case "$line[1]" in
${cases.join('\n')}
    esac ;;
  esac
}`;
  });
  return `#compdef dac
# Completion of dac for zsh: put it as _dac into a folder of $fpath, or source <(dac completion zsh)
${functions.join('\n')}
if [ "$funcstack[1]" = "_dac" ]; then _dac "$@"; else compdef _dac dac; fi
`;
}
