import { describe, expect, it } from 'vitest';
import { LazyRuleFile } from '../rule/lazy-file.ts';
import { loadRuleFile } from '../rule/load.ts';
import { cachedVerdicts, VerdictCache } from './cache.ts';
import { conclude } from './conclude.ts';
import { DEFAULTS, GOOD_PATH, ruleText } from './test-kit.ts';
import { judge } from './verdict.ts';

const IDENTITY = { build: 'one', settings: DEFAULTS.settings };

/** A repository with a fault in one rule, one over the collection, one that a comment holds back, and one unreadable file. */
const TEXTS: Readonly<Record<string, string>> = {
  [GOOD_PATH]: ruleText({ risk_score: 73 }),
  'rules/linux/defense_evasion_two.toml': ruleText({ name: 'Two', updated_date: undefined }),
  'rules/linux/defense_evasion_three.toml': `# dac: ignore-file tags/required -- bought\n${ruleText({ name: 'Three', rule_id: '0f2c1c0a-4d2e-4b53-9a55-2f6a3f0c7d13', query: 'process where process.nme == "x"', tags: [] })}`,
  'rules/linux/broken.toml': '[rule\n',
};

/** Lints with what an earlier run stored; counts how many files had to be parsed. */
async function run(
  stored: string | undefined,
  more: { identity?: typeof IDENTITY; texts?: typeof TEXTS; today?: string } = {},
) {
  const cache = VerdictCache.open(stored, more.identity ?? IDENTITY);
  let parsed = 0;
  const files = Object.entries(more.texts ?? TEXTS).map(([path, text]) => {
    const bytes = new TextEncoder().encode(text);
    return new LazyRuleFile(path, bytes, () => {
      parsed++;
      return loadRuleFile(path, bytes);
    });
  });
  const findings = conclude(
    await cachedVerdicts(files, cache, (open) => Promise.resolve(open.map((file) => judge(file, DEFAULTS)))),
    { today: more.today ?? DEFAULTS.today },
  );
  return { findings, parsed, hits: cache.hits, text: cache.text() };
}

const first = await run(undefined);
const stored = first.text ?? '';

describe('the cache', () => {
  it('never changes what is found, and saves all parsing', async () => {
    const second = await run(stored);
    expect(second.findings).toEqual(first.findings);
    expect([first.findings.length > 4, first.parsed, second.parsed, second.hits, second.text]).toEqual([
      true,
      4,
      0,
      4,
      undefined,
    ]);
  });

  it('does not use a verdict when what lies beside its file has changed', async () => {
    const cache = VerdictCache.open(undefined, IDENTITY);
    const bytes = new TextEncoder().encode(ruleText({}));
    const files = [new LazyRuleFile(GOOD_PATH, bytes, () => loadRuleFile(GOOD_PATH, bytes))];
    const hitsWith = async (beside: string | undefined): Promise<number> => {
      const before = cache.hits;
      await cachedVerdicts(
        files,
        cache,
        (open) => Promise.resolve(open.map((file) => judge(file, DEFAULTS))),
        () => beside,
      );
      return cache.hits - before;
    };
    expect([await hitsWith('a'), await hitsWith('a'), await hitsWith('b'), await hitsWith(undefined)]).toEqual([
      0, 1, 0, 0,
    ]);
  });

  it('is right on another day', async () => {
    const today = '2026/01/15';
    const fresh = await run(undefined, { today });
    expect(fresh.findings.some((one) => one.id === 'metadata/date-future')).toBe(true);
    expect(await run(stored, { today })).toMatchObject({ findings: fresh.findings, parsed: 0 });
  });

  it('looks again at a file that has changed, and at no other', async () => {
    const texts = { ...TEXTS, [GOOD_PATH]: ruleText() };
    expect(await run(stored, { texts })).toMatchObject({
      findings: (await run(undefined, { texts })).findings,
      parsed: 1,
      hits: 3,
    });
  });

  it('does not take a file of another path for the same', async () => {
    const texts = { 'rules/linux/Other.toml': ruleText({ risk_score: 73 }) };
    expect(await run(stored, { texts })).toMatchObject({
      findings: (await run(undefined, { texts })).findings,
      parsed: 1,
    });
  });

  it.each([
    ['another build', { ...IDENTITY, build: 'two' }],
    ['other settings', { ...IDENTITY, settings: { ...DEFAULTS.settings, stack: '9.3' } }],
  ])('is not used by %s', async (_, identity) => {
    expect((await run(stored, { identity })).hits).toBe(0);
  });

  it.each([
    ['empty', ''],
    ['cut off', stored.slice(0, stored.length / 2)],
    ['changed in one letter', stored.replace('severity low', 'severity log')],
    ['something else', '{"problems": []}\n[]'],
    ['a line without a body', `${stored.split('\n')[0] ?? ''}\n`],
  ])('that is %s is dropped without a word', async (_, text) => {
    expect(await run(text)).toMatchObject({ findings: first.findings, parsed: 4, hits: 0, text: stored });
  });

  it('forgets files that are gone', () => {
    const cache = VerdictCache.open(stored, IDENTITY);
    cache.keep(new Set(Object.keys(TEXTS)));
    expect(cache.text()).toBeUndefined();
    cache.keep(new Set([GOOD_PATH]));
    expect(VerdictCache.open(cache.text(), IDENTITY).get('rules/linux/broken.toml', 'x')).toBeUndefined();
    expect((cache.text() ?? '').length).toBeLessThan(stored.length / 2);
  });
});
