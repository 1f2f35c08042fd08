import { describe, expect, it } from 'vitest';
import { formatIp, parseCidr, parseIp, parseIpOrCidr, parseDocumentIp } from './ip.ts';
import { differencesOf } from './stack-differences.ts';

const canonical = (text: string): string | undefined => {
  const value = parseIp(text);
  return value === undefined ? undefined : formatIp(value);
};
const block = (text: string): string | undefined => {
  const found = parseCidr(text);
  return found === undefined ? undefined : `${formatIp(found.low)} ${formatIp(found.high)}`;
};

describe('addresses', () => {
  it('are 128 bits; IPv4 and its mapped form are one', () => {
    expect(['10.0.0.1', '::ffff:10.0.0.1', '::ffff:a00:1', '0:0:0:0:0:ffff:10.0.0.1'].map(parseIp)).toEqual(
      Array.from({ length: 4 }, () => 0xffff0a000001n),
    );
    expect(parseIp('::10.0.0.1')).toBe(0x0a000001n);
  });

  it('have one canonical text', () => {
    const texts = ['::', '::1', '2001:DB8:0:0:8:800:200C:417A', '1:0:0:2:0:0:0:3', '1:2:3:4:5:6:7::', 'fe80::1:0:0:1'];
    expect(texts.map(canonical)).toEqual([
      '::', '::1', '2001:db8::8:800:200c:417a', '1:0:0:2::3', '1:2:3:4:5:6:7:0', 'fe80::1:0:0:1',
    ]); // prettier-ignore
  });

  it.each([
    '', '1', '1.2.3', '1.2.3.4.5', '1.2.3.256', '01.2.3.4', '1.2.3.04', '1.2.3.', ' 1.2.3.4', '1.2.3.4 ', '1.2.3.a', '0x1.2.3.4',
    ':', ':::', '1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1::2:3:4:5:6:7:8', '12345::', 'g::', '1:2:3:4:5:6:7:', ':1::2',
    '::1.2.3', '1.2.3.4::', '::1.2.3.4:5', '1:2:3:4:5:6:7:1.2.3.4', '10.0.0.1:80', '[::1]', 'localhost',
  ])('are refused in %j', (text) => {
    expect(parseIp(text)).toBeUndefined();
  }); // prettier-ignore
});

describe('a zone', () => {
  it('is cut off an address that is looked for', () => {
    expect(parseIp('fe80::1%eth0')).toBe(parseIp('fe80::1'));
  });

  it.each([
    [undefined, 'fe80::1 10.0.0.1 ::2:3:4:5:6:7:8'],
    ['9.3', 'fe80::1 10.0.0.1 ::2:3:4:5:6:7:8'],
    ['9.2.3', 'fe80::1 10.0.0.1 -'],
    ['9.2.0', '- - -'],
    ['9.1', 'fe80::1 - ::2:3:4:5:6:7:8'],
  ])('of an address in a document is read as a release reads it: %s', (stack, read) => {
    const texts = ['fe80::1%eth0', '10.0.0.1%eth0', '::2:3:4:5:6:7:8'];
    const found = texts.map((text) => parseDocumentIp(text, differencesOf(stack)));
    const wanted = read.split(' ').map((text) => (text === '-' ? undefined : parseIp(text)));
    expect(found).toEqual(wanted);
  });
});

describe('blocks', () => {
  it('ignore host bits and keep IPv4 to mapped addresses', () => {
    expect(['10.1.2.3/8', '0.0.0.0/0', '10.1.2.3/32', '2001:db8::1/32', '::/0'].map(block)).toEqual([
      '10.0.0.0 10.255.255.255',
      '0.0.0.0 255.255.255.255',
      '10.1.2.3 10.1.2.3',
      '2001:db8:: 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff',
      ':: ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    ]);
  });

  it.each([
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/',
    '10.0.0/8',
    '/8',
    '::/129',
    '10.0.0.0/8/8',
    '::ffff:10.0.0.0/104',
    '10.0.0.0/ 8',
  ])('are refused in %j', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  it('may be a single address', () => {
    const low = parseIp('10.0.0.1');
    expect(parseIpOrCidr('10.0.0.1')).toEqual({ low, high: low });
    expect(parseIpOrCidr('x')).toBeUndefined();
  });
});
