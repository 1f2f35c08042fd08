/**
 * Whether some name fits both patterns (`*` stands for any run of characters, also an empty one). Used to find the data
 * streams that an index pattern may reach: `logs-endpoint.events.*` and `logs-endpoint.events.process-*` overlap.
 * Quadratic in the lengths at worst; index names have at most 255 characters.
 */
export function patternsOverlap(a: string, b: string): boolean {
  const seen = new Uint8Array((a.length + 1) * (b.length + 1));
  const pending: [number, number][] = [[0, 0]];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [i, j] = pair;
    const key = i * (b.length + 1) + j;
    if (seen[key] === 1) continue;
    seen[key] = 1;
    if (i === a.length && j === b.length) return true;
    const left = a[i];
    const right = b[j];
    if (left === '*') {
      pending.push([i + 1, j]);
      if (j < b.length) pending.push([i, j + 1]);
    }
    if (right === '*') {
      pending.push([i, j + 1]);
      if (i < a.length) pending.push([i + 1, j]);
    }
    if (left !== undefined && left !== '*' && left === right) pending.push([i + 1, j + 1]);
  }
  return false;
}
