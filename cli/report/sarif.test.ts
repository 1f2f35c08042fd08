import type { Log, ReportingDescriptor, Result } from 'sarif';
import { describe, expect, it } from 'vitest';
import { sarif } from './sarif.ts';
import { SourceFile } from '../text/source-file.ts';
import { busyReport, hostileReport, longReport } from './test-report.ts';
import type { Report } from './report.ts';

const run = (report: Report): { rules: readonly ReportingDescriptor[]; results: readonly Result[] } => {
  const log = JSON.parse(sarif(report)) as Log;
  const [only] = log.runs;
  return { rules: only?.tool.driver.rules ?? [], results: only?.results ?? [] };
};

describe('SARIF', () => {
  it('declares every check, found or not, with its texts', () => {
    const { rules } = run({ ...busyReport(), findings: [], suites: [] });
    expect(rules.map((one) => one.id)).toEqual(['query/unknown-field', 'tags/duplicate', 'test/failed', 'timing/gap']);
    for (const rule of rules) {
      expect(rule.helpUri).toBe(`urn:kibana-dac:check:${rule.id}`);
      expect(rule.fullDescription?.text).toMatch(/\.$/);
      expect(rule.help?.text).toContain(rule.id);
      expect(['error', 'warning', 'note']).toContain(rule.defaultConfiguration?.level);
    }
    expect(run({ ...busyReport(), docs: 'https://example.org/checks/' }).rules[0]?.helpUri).toBe(
      'https://example.org/checks/events/json-syntax.md',
    );
  });

  it('declares the rule of every result, and gives each a place, a text and a fingerprint of its own', () => {
    for (const report of [busyReport(), hostileReport(), longReport(60)]) {
      const { rules, results } = run(report);
      const ids = rules.map((one) => one.id);
      expect(ids).toEqual([...new Set(ids)].sort());
      const prints = results.map((one) => one.partialFingerprints?.['dac/v1']);
      expect(new Set(prints).size).toBe(results.length);
      for (const result of results) {
        expect(ids).toContain(result.ruleId);
        expect(result.message.text?.length).toBeGreaterThan(0);
        const place = result.locations?.[0]?.physicalLocation;
        expect(place?.artifactLocation?.uri).toMatch(/^[\w.~!*'()%-]+(?:\/[\w.~!*'()%-]+)*$/);
        const region = place?.region;
        expect(region?.startLine).toBeGreaterThan(0);
        if (region?.endColumn !== undefined && region.endLine === region.startLine)
          expect(region.endColumn).toBeGreaterThanOrEqual(region.startColumn ?? 1);
      }
    }
  });

  it('keeps the fingerprint when lines are put before or the file is renamed', () => {
    const report = busyReport();
    const [finding] = report.findings;
    if (finding === undefined) throw new Error('no finding');
    const source = report.source(finding.path);
    const text = `# a line before\n${source?.text ?? ''}`;
    const moved = {
      ...report,
      findings: [
        { ...finding, path: 'rules/new.toml', span: { start: finding.span.start + 16, end: finding.span.end + 16 } },
      ],
      source: (path: string) => (path === 'rules/new.toml' ? new SourceFile(path, text) : undefined),
    };
    const print = (one: Report): unknown => run({ ...one, suites: [] }).results[0]?.partialFingerprints;
    expect(print(moved)).toEqual(print(report));
  });

  it('offers a fix as replacements', () => {
    const { results } = run(busyReport());
    const fixed = results.find((one) => one.fixes !== undefined);
    expect(fixed?.fixes).toEqual([
      {
        description: { text: 'take the second one out' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'rules/test.toml' },
            replacements: [
              {
                deletedRegion: { startLine: 21, startColumn: 20, endLine: 21, endColumn: 33 },
                insertedContent: { text: '' },
              },
            ],
          },
        ],
      },
    ]);
  });

  it('counts columns in UTF-16 units and encodes paths', () => {
    const report = hostileReport();
    const path = 'rules/日本 a?#%:b.toml';
    const finding = {
      id: 'tags/duplicate',
      severity: 'warning',
      path,
      span: { start: 3, end: 4 },
      message: 'see [a](1)',
    } as const;
    const { results } = run({
      ...report,
      findings: [finding],
      suites: [],
      source: (name) => new SourceFile(name, '😀=x'),
    });
    expect(results[0]?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'rules/%E6%97%A5%E6%9C%AC%20a%3F%23%25%3Ab.toml' },
          region: { startLine: 1, startColumn: 4, endLine: 1, endColumn: 5 },
        },
      },
    ]);
    expect(results[0]?.message.text).toBe('see \\[a](1)');
  });
});
