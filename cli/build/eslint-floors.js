import { relative, resolve, dirname, sep } from 'node:path';

/**
 * The floors of the house, lowest first. A file may import from its own folder's floor and from the floors below it.
 * Folders on one line stand side by side and do not see each other.
 */
const HOUSE = [
  ['text'],
  ['rule', 'remote'],
  ['fields'],
  ['query'],
  ['engine'],
  ['lint', 'testing', 'kibana', 'cluster', 'site'],
  ['report'],
  ['proof', 'commands'],
];

const cli = resolve(import.meta.dirname, '..');
const floorOf = (folder) => HOUSE.findIndex((floor) => floor.includes(folder));
const folderOf = (file) => {
  const path = relative(cli, file);
  return path.startsWith('..') || !path.includes(sep) ? undefined : path.split(sep)[0];
};

/** An import that climbs a floor, or crosses to a neighbour on the same floor, is an error. */
export const floors = {
  meta: { type: 'problem', schema: [], messages: { climbs: '{{from}}/ may not import from {{to}}/: {{why}}' } },
  create(context) {
    const from = folderOf(context.filename);
    if (from === undefined || floorOf(from) < 0) return {};
    const check = (node) => {
      const source = node.source?.value;
      if (typeof source !== 'string' || !source.startsWith('.')) return;
      const to = folderOf(resolve(dirname(context.filename), source));
      if (to === undefined || to === from || floorOf(to) < 0) return;
      if (floorOf(to) < floorOf(from)) return;
      const why =
        floorOf(to) === floorOf(from)
          ? 'the two stand on the same floor; move what they share one floor down'
          : 'it lies on a higher floor; imports go down only';
      context.report({ node: node.source, messageId: 'climbs', data: { from, to, why } });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};
