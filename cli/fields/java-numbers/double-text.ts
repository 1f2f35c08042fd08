/**
 * A double as Java's Double.toString writes it: `42.5`, `1.0`, `1.0E7`, `1.0E-4`. JavaScript and Java (since 19) both take the
 * fewest digits that give the double back, but Java takes at least two where that is closer: `4.9E-324` is JavaScript's 5e-324.
 */
export function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const magnitude = Math.abs(value);
  if (magnitude >= 1e-3 && magnitude < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value);
  let [digits = '', exponent = '0'] = value.toExponential().split('e');
  if (!digits.includes('.')) {
    const closer = value.toExponential(1);
    if (Number(closer) === value) [digits = '', exponent = '0'] = closer.split('e');
  }
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}
