/**
 * Text for a log that GitHub may read: a line of it that would be a workflow command (`::error …`, `##[error]…`), because a
 * file or a value is called so, is written so that it is none.
 */
export const withoutCommands = (text: string): string =>
  text.replace(/^([ \t]*):(?=:)/gm, '$1\\x3a').replaceAll('##[', '#\\x23[');
