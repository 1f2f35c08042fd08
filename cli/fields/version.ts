/**
 * Order of the `version` field (elasticsearch: x-pack/plugin/mapper-version VersionEncoder.java): numbers by value, a
 * release after its pre-releases, texts that are not versions after all that are.
 */
interface Version {
  readonly numbers: readonly bigint[];
  readonly pre: readonly string[];
  readonly build: string;
}

const VALID = /^(\d+(?:\.\d+){0,2})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

function parse(text: string): Version | undefined {
  const found = VALID.exec(text);
  if (found === null) return undefined;
  const numbers = (found[1] ?? '').split('.').map(BigInt);
  // A pre-release with a bare "1-alpha" is legal for the field, which pads nothing: 1 sorts before 1.0.
  return { numbers, pre: found[2]?.split('.') ?? [], build: found[3] ?? '' };
}

const order = <T extends bigint | string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

function comparePre(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return order(b.length === 0 ? 0 : 1, a.length === 0 ? 0 : 1);
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const left = a[i];
    const right = b[i];
    if (left === undefined) return -1;
    if (right === undefined) return 1;
    const numeric = [/^\d+$/.test(left), /^\d+$/.test(right)];
    const found =
      numeric[0] === true && numeric[1] === true
        ? order(BigInt(left), BigInt(right))
        : numeric[0] !== numeric[1]
          ? numeric[0] === true
            ? -1
            : 1
          : order(left, right);
    if (found !== 0) return found;
  }
  return 0;
}

/** Negative, zero or positive, as `a` sorts before, with or after `b`. */
export function compareVersions(a: string, b: string): number {
  const left = parse(a);
  const right = parse(b);
  if (left === undefined || right === undefined) {
    if (left !== undefined) return -1;
    if (right !== undefined) return 1;
    return order(a, b);
  }
  for (let i = 0; i < Math.max(left.numbers.length, right.numbers.length); i++) {
    const one = left.numbers[i];
    const other = right.numbers[i];
    if (one === undefined) return -1;
    if (other === undefined) return 1;
    const found = order(one, other);
    if (found !== 0) return found;
  }
  return comparePre(left.pre, right.pre) || order(left.build, right.build);
}
