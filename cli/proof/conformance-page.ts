import type { FuzzRun } from './fuzz-runs.ts';
import { unexplained, type KnownDifference, type KnownKind, type SuiteResult } from './gate.ts';

/** First part of a suite's name and how a page calls it, in the order of the page. */
const LANGUAGES: readonly (readonly [folder: string, name: string])[] = [
  ['eql', 'EQL'],
  ['kql', 'KQL'],
  ['lucene', 'Lucene'],
  ['dsl', 'Query DSL'],
  ['esql', 'ES|QL'],
  ['kibana', 'Kibana'],
  ['engine', 'Detection engine'],
  ['proof', 'Coverage and synthesis'],
  ['real', 'A real server'],
  ['reported', 'Reported cases'],
];

const folderOf = ({ name }: SuiteResult): string => name.split('/')[0] ?? '';
const sum = (suites: readonly SuiteResult[], key: 'passed' | 'total'): number =>
  suites.reduce((all, suite) => all + suite[key], 0);

/** Rounded down, so that only a whole suite reads 100 %. */
const share = (passed: number, total: number): string =>
  total === 0 ? '' : `${(Math.floor((passed * 1000) / total) / 10).toFixed(1)} %`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const [first = [], ...others] = cells;
  const widths = first.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(first), rule, ...others.map(line)].join('\n');
}

const row = (name: string, suites: readonly SuiteResult[]): readonly string[] => {
  const [passed, total] = [sum(suites, 'passed'), sum(suites, 'total')];
  return [name, String(passed), String(total), share(passed, total)];
};
const HEAD = ['passed', 'vectors', 'share'];

/** The suites of one language and their sum, as a table. */
function languageTable(suites: readonly SuiteResult[], folder: string): string {
  const own = suites.filter((suite) => folderOf(suite) === folder);
  const rows = own.map((suite) => row(suite.name.slice(folder.length + 1), [suite]));
  return table(['suite', ...HEAD], own.length > 1 ? [...rows, row('all', own)] : rows);
}

const digits = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** The runs of random comparison with a server, and what is known to differ. */
function randomComparison(runs: readonly FuzzRun[], kinds: readonly KnownKind[]): readonly string[] {
  const total = (key: 'documents' | 'queries' | 'pairs' | 'differences'): string =>
    digits(runs.reduce((all, run) => all + run[key], 0));
  const rows = runs.map((run) => [
    `${run.server}, seed ${run.seed}`,
    digits(run.seconds),
    digits(run.documents),
    digits(run.queries),
    digits(run.pairs),
    digits(run.differences),
  ]);
  const sums = ['all', digits(runs.reduce((all, run) => all + run.seconds, 0)), total('documents'), total('queries'), total('pairs'), total('differences')]; // prettier-ignore
  return [
    '## Random comparison with a real server',
    `\`npm run oracle -- --fuzz SECONDS --seed N\` makes mappings, documents and queries at random, whole events with queries as rules
have them among them, and asks a real Elasticsearch and the engine ([oracle.md](oracle.md)). A pair is one query on one
document, or one document under one field.`,
    runs.length === 0
      ? 'No run is recorded.'
      : table(['server', 'seconds', 'documents', 'queries', 'pairs', 'differences'], [...rows, sums]),
    '### What stays different',
    kinds.length === 0
      ? 'Nothing that is known.'
      : `These are not counted above.\n\n${kinds.map((one) => `- \`${one.kind}\`: ${one.reason}`).join('\n')}`,
  ];
}

/** `docs/conformance.md`, whole. */
export function conformancePage(
  suites: readonly SuiteResult[],
  known: readonly KnownDifference[],
  random: { readonly runs: readonly FuzzRun[]; readonly kinds: readonly KnownKind[] },
): string {
  const ran = LANGUAGES.filter(([folder]) => suites.some((suite) => folderOf(suite) === folder));
  const failing = suites.filter((suite) => unexplained(suite, known).length > 0).map(({ name }) => name);
  const whole = suites.length - failing.length;
  return `${[
    '# Conformance',
    'Written by `npm run conformance -- DIR --write-docs`; do not edit it by hand.',
    `Each vector is a query with a mapping and events, and the answer that Elasticsearch or Kibana gives. A vector passes when the
engine gives the same answer: the same events in the same order, the same keys, the same tree, or a refusal of the same kind.
A sequence has to give its answer from either end. What the engine does not support counts as failed.`,
    table(
      ['language', ...HEAD],
      [
        ...ran.map(([folder, name]) =>
          row(
            name,
            suites.filter((suite) => folderOf(suite) === folder),
          ),
        ),
        row('all', suites),
      ],
    ),
    `${whole} of ${suites.length} suites pass whole. The suites that do are held there: \`npm run conformance -- DIR --gate\` fails
when one of them falls below the floor in \`cli/proof/floors.json\`.`,
    ...ran.map(([folder, name]) => `## ${name}\n\n${languageTable(suites, folder)}`),
    ...randomComparison(random.runs, random.kinds),
    '## Vectors that are wrong',
    known.length === 0
      ? 'None. A vector that is proved wrong would stand here with its evidence, and count as failed above.'
      : wrongVectors(known),
  ].join('\n\n')}\n`;
}

/** One line for all vectors of a suite that are wrong for one reason. */
function wrongVectors(known: readonly KnownDifference[]): string {
  const lines = new Map<string, KnownDifference[]>();
  for (const one of known) {
    const key = JSON.stringify([one.suite, one.evidence]);
    lines.set(key, [...(lines.get(key) ?? []), one]);
  }
  return [...lines.values()]
    .map((same) => `- \`${same[0]?.suite ?? ''}\`, ${same.map(({ id }) => id).join(', ')}: ${same[0]?.evidence ?? ''}`)
    .join('\n');
}

const END = '<!-- end of conformance -->';

/** A page with the table of its language written anew between `<!-- conformance: eql -->` and the end mark, if it has them. */
export function withConformance(page: string, suites: readonly SuiteResult[]): string {
  const start = /<!-- conformance: ([a-z]+) -->\n/.exec(page);
  const from = start === null ? -1 : start.index + start[0].length;
  const to = page.indexOf(END, from);
  if (start === null || to < 0) return page;
  return `${page.slice(0, from)}\n${languageTable(suites, start[1] ?? '')}\n\n${page.slice(to)}`;
}
