import type { CompletionNode } from './tree.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const list = (words: readonly string[]): string => `@(${words.map(quoted).join(', ')})`;

export function powershellCompletion(nodes: readonly CompletionNode[]): string {
  const groups = nodes.filter((node) => node.commands.length > 0 && node.path !== '').map((node) => node.path);
  const words = nodes.map((node) => {
    const names = [...node.commands.map((one) => one.name), ...node.values];
    return `    ${quoted(node.path)} = ${list([...names, ...node.flags.map((flag) => flag.long)])}`;
  });
  const values = nodes.flatMap((node) =>
    node.flags
      .filter((flag) => flag.values.length > 0)
      .map((flag) => `    ${quoted(`${node.path} ${flag.long}`)} = ${list(flag.values)}`),
  );
  return `# Completion of dac for PowerShell: dac completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName dac -ScriptBlock {
  param($word, $ast, $position)
  $groups = ${list(groups)}
  $words = @{
${words.join('\n')}
  }
  $values = @{
${values.join('\n')}
  }
  $path = ''
  $before = ''
  foreach ($element in ($ast.CommandElements | Select-Object -Skip 1)) {
    $text = $element.ToString()
    if ($element.Extent.EndOffset -ge $position) { break }
    $before = $text
    if ($text.StartsWith('-')) { continue }
    if ($path -eq '') { $path = $text } elseif ($groups -contains $path) { $path = "$path $text" }
  }
  $known = if ($values.ContainsKey("$path $before")) { $values["$path $before"] } else { $words[$path] }
  $known | Where-Object { $_ -like "$word*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}
