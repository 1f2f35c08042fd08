/** Behaviour of sequences that changed with the stack; the newest is followed where no stack is named. */
const SINCE = {
  /** Key conditions of `![ ]` are not copied to other terms (elasticsearch pull request 145813). */
  'missing-key-conditions-stay': [[9, 4]],
  /** Only conditions about the key alone are copied (elasticsearch pull request 133134). */
  'only-key-conditions-copied': [
    [8, 19],
    [9, 1],
  ],
} as const;

/** Whether a stack such as `8.19` or `9.4.1` has it; a fix may have come in several lines. */
export function stackHas(what: keyof typeof SINCE, stack: string | undefined): boolean {
  if (stack === undefined) return true;
  const [major = 0, minor = 0] = stack.split('.').map(Number);
  const lines: readonly (readonly [number, number])[] = SINCE[what];
  const last = lines[lines.length - 1];
  return lines.some(
    ([inMajor, since]) => (major === inMajor && minor >= since) || (last !== undefined && major > last[0]),
  );
}
