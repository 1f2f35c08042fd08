/** Java's String.trim: every character up to the space is a blank, and no other. A scan: a pattern for the end takes square time. */
export function javaTrim(written: string): string {
  let [start, end] = [0, written.length];
  while (start < end && written.charCodeAt(start) <= 32) start++;
  while (end > start && written.charCodeAt(end - 1) <= 32) end--;
  return written.slice(start, end);
}
