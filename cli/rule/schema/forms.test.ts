import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../text/package-root.ts';
import { publishedSchemas, runtimeSchemas } from './forms.ts';
import { publishedFiles } from './published.ts';
import { TYPES } from './types.ts';

const published = publishedSchemas();
const editor = new Ajv2020({ strict: false, allErrors: true }).compile(published['rule.schema.json'] ?? {});
const runtime = new Ajv2020({ strict: false, allErrors: true, discriminator: true }).compile(
  runtimeSchemas()['rule'] as object,
);

describe('the published schemas', () => {
  it.each(Object.entries(publishedFiles()))('%s is what the sources say (npm run schemas)', (path, text) => {
    expect(readFileSync(join(packageRoot(), path), 'utf8')).toBe(text);
  });

  it('say for every key of a rule what it means', () => {
    const missing: string[] = [];
    const visit = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      const { properties, items } = schema as { properties?: Record<string, unknown>; items?: unknown };
      for (const [key, one] of Object.entries(properties ?? {})) {
        if (typeof one === 'object' && one !== null && !('description' in one)) missing.push(`${path}.${key}`);
        visit(one, `${path}.${key}`);
      }
      visit(items, `${path}[]`);
    };
    visit(published['rule.schema.json'], '');
    expect(missing).toEqual([]);
  });
});

describe('the form for editors and the form of the validator', () => {
  /** A small value for a schema: one that it accepts, as far as its keywords are these. */
  const sample = (schema: Record<string, unknown>): unknown => {
    const {
      type,
      const: only,
      properties,
      required,
      items,
      minItems,
    } = schema as {
      type?: string | string[];
      const?: unknown;
      enum?: unknown[];
      properties?: Record<string, Record<string, unknown>>;
      required?: string[];
      items?: Record<string, unknown>;
      minItems?: number;
    };
    if (only !== undefined) return only;
    if (Array.isArray(schema['enum'])) return (schema['enum'] as unknown[])[0];
    if (Array.isArray(schema['examples'])) return (schema['examples'] as unknown[])[0];
    switch (Array.isArray(type) ? type[0] : type) {
      case 'integer':
        return 5;
      case 'boolean':
        return true;
      case 'array':
        return items === undefined || minItems === undefined ? [] : [sample(items)];
      case 'object':
        return Object.fromEntries((required ?? []).map((key) => [key, sample(properties?.[key] ?? {})]));
      default:
        return typeof schema['pattern'] === 'string' ? 'https://attack.mitre.org/' : 'some text';
    }
  };
  const common = {
    name: 'A rule', rule_id: 'r', description: 'x', author: ['dac'], risk_score: 21, severity: 'low', query: 'a: b',
    language: 'kuery',
  }; // prettier-ignore
  const keys = [...new Set(Object.values(TYPES).flatMap(({ properties }) => Object.keys(properties)))].sort();
  const schemaOf = (key: string): Record<string, unknown> =>
    Object.values(TYPES)
      .map(({ properties }) => properties[key])
      .find((one) => one !== undefined) ?? {};
  const file = (rule: Record<string, unknown>): unknown => ({
    metadata: { creation_date: '2026/01/02', updated_date: '2026/01/02' },
    rule,
  });
  const wrong = fc.constantFrom<unknown>(0, 'x', [], [1], {}, true, null, ['a', 'a'], { x: 1 });

  it('accept and refuse the same rules', () => {
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(TYPES), 'unknown'),
        fc.constantFrom('kuery', 'lucene', 'eql', 'esql', undefined),
        fc.uniqueArray(fc.constantFrom(...keys), { maxLength: 4 }),
        fc.uniqueArray(fc.constantFrom(...Object.keys(common)), { maxLength: 1 }),
        fc.dictionary(fc.constantFrom(...keys, 'tags', 'interval', 'threat', 'zzz'), wrong, { maxKeys: 1 }),
        fc.boolean(),
        (type, language, extra, without, changed, needed) => {
          const required = needed ? (TYPES[type]?.required ?? []) : [];
          const rule: Record<string, unknown> = {
            ...common,
            ...Object.fromEntries(
              [...extra, ...required].map((key) => [key, sample(TYPES[type]?.properties[key] ?? schemaOf(key))]),
            ),
            ...changed,
            type,
            ...(language === undefined ? {} : { language }),
          };
          for (const key of without) delete rule[key];
          const verdict = runtime(file(rule));
          if (verdict) accepted++;
          expect({ rule, verdict: editor(file(rule)) }).toEqual({ rule, verdict });
        },
      ),
      { numRuns: 3000, seed: 1 },
    );
    // A comparison in which nothing is ever accepted would show nothing.
    expect(accepted).toBeGreaterThan(20);
  });
});
