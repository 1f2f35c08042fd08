import { expect, it } from 'vitest';
import { NameTable } from './facts.ts';

it('a table says the same of a name whether few or many were asked for', () => {
  const table = new NameTable();
  table.add({ keyword: 'host.os.type host.name labels.* a.b.c', text: 'host.name.text a.b', long: '' });
  const names = [
    ...['host', 'host.os', 'host.os.type', 'host.name', 'host.name.text', 'hos', 'os.type', 'labels', 'labels.*'],
    ...['a', 'a.b', 'a.b.c', 'a.', '', ' ', 'host.name labels.*', 'constructor', '__proto__'],
  ];
  const said = () => names.map((name) => [name, table.typeOf(name), table.hasBelow(name)]);
  const before = said();
  for (let one = 0; one < 100; one++)
    expect([table.typeOf(`x${one}`), table.hasBelow(`x${one}`)]).toEqual([undefined, false]);
  expect(said()).toEqual(before);
  expect(before.slice(0, 5)).toEqual([
    ['host', undefined, true],
    ['host.os', undefined, true],
    ['host.os.type', 'keyword', false],
    ['host.name', 'keyword', true],
    ['host.name.text', 'text', false],
  ]);
});
