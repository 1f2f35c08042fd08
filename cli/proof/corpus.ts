import { existsSync, readFileSync } from 'node:fs';
import { prepareRule } from '../engine/prepare.ts';
import { mappingForRule } from '../fields/tables/rule-mapping.ts';
import { lintFiles } from '../lint/lint.ts';
import { loadRuleFile } from '../rule/load.ts';
import { readTar } from './tar.ts';

const args = process.argv.slice(2);
const [tar] = args.filter((arg, at) => !arg.startsWith('--') && args[at - 1] !== '--format');
const json = args.includes('--format') && args[args.indexOf('--format') + 1] === 'json';
if (tar === undefined || !existsSync(tar)) {
  process.stderr.write('usage: npm run corpus -- RULES.tar.gz [--format json]\n');
  process.exit(2);
}
const files = readTar(readFileSync(tar))
  .filter(({ path }) => path.endsWith('.toml'))
  .map(({ path, bytes }) => loadRuleFile(path, bytes));
const findings = lintFiles(files, {
  today: '9999/12/31',
  settings: { requiredTags: [], guideSections: [], stack: '9.5' },
  mapping: (rule) => mappingForRule(rule),
});
const failures: { path: string; message: string }[] = [];
let loaded = 0;
let parsed = 0;
let checked = 0;
for (const file of files) {
  if (file.rule === undefined) {
    failures.push({ path: file.path, message: file.problems[0]?.message ?? 'does not load' });
    continue;
  }
  loaded++;
  const own = findings.filter(
    (one) => one.path === file.path && one.severity === 'error' && one.id.startsWith('query/'),
  );
  if (!own.some((one) => one.id === 'query/syntax')) parsed++;
  if (own.length === 0) checked++;
  const problem = prepareRule({ file, rule: file.rule, mapping: mappingForRule(file.rule), now: 0 }).problems.find(
    (one) => one.severity === 'error',
  );
  if (problem !== undefined) failures.push({ path: file.path, message: problem.message });
}
if (json) {
  const rows = findings.map(({ path, id, message }) => ({ path, id, message }));
  process.stdout.write(
    `${JSON.stringify({ rules: files.length, loaded, parsed, checked, findings: rows, failures }, null, 1)}\n`,
  );
} else {
  process.stdout.write(
    `${files.length} rules, ${loaded} load, ${parsed} parse, ${checked} without a query error, ${files.length - failures.length} can be run\n`,
  );
  const group = (rows: readonly string[]): void => {
    const all = new Map<string, number>();
    for (const row of rows) all.set(row, (all.get(row) ?? 0) + 1);
    for (const [row, count] of [...all].sort((a, b) => b[1] - a[1])) process.stdout.write(`  ${count}\t${row}\n`);
  };
  group(findings.map((one) => one.id));
  process.stdout.write('cannot be run:\n');
  group(failures.map((one) => one.message.slice(0, 100)));
}
