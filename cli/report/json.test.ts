import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { OUTPUT } from '../rule/schema/other-schemas.ts';
import { json, ndjson } from './json.ts';
import { busyReport, hostileReport, longReport, quietReport } from './test-report.ts';

const valid = new Ajv2020({ allErrors: true, strictTypes: false }).compile(OUTPUT);

describe('json', () => {
  it('is as its published schema says', () => {
    for (const report of [quietReport(), busyReport(), hostileReport(), longReport(20)]) {
      const document: unknown = JSON.parse(json(report));
      expect(valid(document) ? [] : valid.errors).toEqual([]);
    }
  });

  it('has a record for each finding and each case', () => {
    const report = busyReport();
    const kinds = ndjson(report)
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect([kinds.filter((kind) => kind === 'finding').length, kinds.filter((kind) => kind === 'case').length]).toEqual(
      [report.findings.length, report.suites?.[0]?.cases.length],
    );
  });
});
