import type { Finding } from '../text/diagnostic.ts';
import { visible } from '../text/display.ts';
import type { Span } from '../text/span.ts';
import type { SourceFile } from '../text/source-file.ts';
import { failureNotes, type FailureNote, type Report } from './report.ts';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;
const FAILED = {
  id: 'test/failed',
  summary: 'Every case of a suite comes out as expected.',
  severity: 'error',
} as const;

/** A relative path as a URI: each segment percent-encoded, so that no name reads as a scheme or a query. */
const uri = (path: string): string =>
  path
    .split('/')
    .map((segment) => encodeURIComponent(segment.replace(/[\ud800-\udfff]/gu, '\ufffd')))
    .join('/');

/** FNV-1a of 64 bits, as 16 hexadecimal digits. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++)
    value = ((value ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n) & 0xffffffffffffffffn;
  return value.toString(16).padStart(16, '0');
}

/** Text of a message; what would read as a link of SARIF (`[text](1)`) is escaped. */
const text = (words: string): { readonly text: string } => ({
  text: visible(words).replace(/\[(?=[^\]]*\]\()/g, '\\['),
});

const sentences = (...parts: readonly (string | undefined)[]): string =>
  parts
    .filter((one) => one !== undefined)
    .map((one) => one.replace(/[.\s]+$/, ''))
    .join('. ');

interface Region {
  readonly startLine: number;
  readonly startColumn?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** Columns count UTF-16 units, as the run says in `columnKind`. */
function region(source: SourceFile | undefined, span: Span): Region {
  if (source === undefined) return { startLine: 1 };
  const start = source.position(span.start);
  const end = source.position(Math.max(span.start, span.end));
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

const location = (path: string, where: Region): object => ({
  physicalLocation: { artifactLocation: { uri: uri(path) }, region: where },
});

/** The rule's own id where the file has one, so that a finding stays the same when the file is renamed. */
const identity = (source: SourceFile | undefined, path: string): string =>
  /^\s*rule_id\s*=\s*["']([^"']+)["']/m.exec(source?.text ?? '')?.[1] ?? path;

/** Made of what is found and not of where: lines above may come and go. A second one of the same kind is told apart. */
function fingerprints(): (key: string) => { readonly 'dac/v1': string } {
  const seen = new Map<string, number>();
  return (key) => {
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return { 'dac/v1': hash(count === 1 ? key : `${key}\0${count}`) };
  };
}

function findingResult(report: Report, finding: Finding, fingerprint: ReturnType<typeof fingerprints>): object {
  const source = report.source(finding.path);
  const snippet = source?.text.slice(finding.span.start, finding.span.end).replace(/\s+/g, ' ').trim() ?? '';
  const { fix } = finding;
  const related = (finding.related ?? []).map((one) => ({
    ...location(one.path ?? finding.path, region(report.source(one.path ?? finding.path), one.span)),
    message: text(one.message),
  }));
  return {
    ruleId: finding.id,
    level: LEVELS[finding.severity],
    message: text(sentences(finding.message, finding.label, finding.why, finding.help)),
    locations: [location(finding.path, region(source, finding.span))],
    ...(related.length === 0 ? {} : { relatedLocations: related }),
    ...(fix === undefined
      ? {}
      : {
          fixes: [
            {
              description: text(fix.description),
              artifactChanges: [
                {
                  artifactLocation: { uri: uri(finding.path) },
                  replacements: fix.edits.map((edit) => ({
                    deletedRegion: region(source, edit.span),
                    insertedContent: { text: edit.text },
                  })),
                },
              ],
            },
          ],
        }),
    partialFingerprints: fingerprint(`${identity(source, finding.path)}\0${finding.id}\0${snippet}`),
  };
}

const failureResult = (note: FailureNote, fingerprint: ReturnType<typeof fingerprints>): object => ({
  ruleId: FAILED.id,
  level: 'error',
  message: text(note.text),
  locations: [location(note.path, { startLine: note.line })],
  partialFingerprints: fingerprint(`${note.failure.suite.ruleId}\0${FAILED.id}\0${note.name}`),
});

/** Every id there is, not only those that were found: an alert closes only if its rule is still declared. */
function declared(report: Report): object[] {
  const known = new Map(report.checks.map((one) => [one.id, one]));
  for (const { id, message, severity } of report.findings)
    if (!known.has(id)) known.set(id, { id, summary: message, severity });
  known.set(FAILED.id, FAILED);
  return [...known.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, summary, severity = 'error' }) => ({
      id,
      name: id,
      shortDescription: text(summary),
      fullDescription: text(summary),
      helpUri: report.docs === undefined ? `urn:kibana-dac:check:${id}` : `${report.docs.replace(/\/+$/, '')}/${id}.md`,
      help: {
        text: visible(`${summary} Read more: dac explain ${id}`),
        markdown: visible(`${summary} Read more: \`dac explain ${id}\``),
      },
      defaultConfiguration: { level: LEVELS[severity] },
      properties: { tags: [id.split('/', 1)[0] ?? id] },
    }));
}

/** SARIF 2.1.0, as code scanning of GitHub and other viewers read it. */
export function sarif(report: Report): string {
  const fingerprint = fingerprints();
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'dac', version: report.version, rules: declared(report) } },
        columnKind: 'utf16CodeUnits',
        results: [
          ...report.findings.map((finding) => findingResult(report, finding, fingerprint)),
          ...failureNotes(report).map((note) => failureResult(note, fingerprint)),
        ],
      },
    ],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
