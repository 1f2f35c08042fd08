import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isJsonObject, own, type JsonObject } from '../text/json.ts';
import { packageRoot } from '../text/package-root.ts';
import { SourceFile } from '../text/source-file.ts';
import { parseToml } from '../rule/toml/document.ts';
import { ids } from './registry.ts';
import { GOOD_PATH, lintTexts, ruleText } from './test-kit.ts';

const folder = join(packageRoot(), 'docs/checks');
const page = (id: string): string => readFileSync(join(folder, `${id}.md`), 'utf8');

/** The TOML below a heading of a page; undefined if it shows something else there. */
const example = (id: string, heading: string): string | undefined =>
  new RegExp(`^## ${heading}\n\n\`\`\`toml\n([^]*?)\`\`\`$`, 'm').exec(page(id))?.[1];

const table = (data: JsonObject, key: string): JsonObject => {
  const found = own(data, key);
  return isJsonObject(found) ? found : {};
};

/** An example shows only what matters: the rest is that of a good rule. `# no key` takes a key of it out. */
function wholeRule(fragment: string): string {
  const document = parseToml(new SourceFile('example', fragment));
  if (document.data === undefined) return fragment;
  const comments = /^(?:# dac:.*\n)*/.exec(fragment)?.[0] ?? '';
  const gone = [...fragment.matchAll(/^# no (\w+)$/gm)].map(([, key = '']) => [key, undefined] as const);
  const { data } = document;
  const transform = own(data, 'transform');
  return (
    comments +
    ruleText(
      { ...table(data, 'rule'), ...Object.fromEntries(gone) },
      table(data, 'metadata'),
      isJsonObject(transform) ? transform : undefined,
    )
  );
}

/** The files of an example. A line such as `# rules/linux/x.toml` begins each; without one it is a single file. */
function files(text: string): Record<string, string> {
  const parts = text.split(/^# (rules\/\S+\.toml)\n/m);
  if (parts.length === 1) return { [GOOD_PATH]: wholeRule(text) };
  const found: Record<string, string> = {};
  for (let at = 1; at < parts.length; at += 2) found[parts[at] ?? ''] = wholeRule(parts[at + 1] ?? '');
  return found;
}

const found = (id: string, text: string): boolean => lintTexts(files(text)).some((one) => one.id === id);

describe('docs/checks', () => {
  it('has one page for each id, and no other', () => {
    const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => name.split(sep).join('/').replace(/\.md$/, ''));
    expect(pages.sort()).toEqual(ids.map((one) => one.id));
  });

  describe.each(ids.filter(({ id }) => existsSync(join(folder, `${id}.md`))))('$id', ({ id, severity }) => {
    it('says what it is about, how grave it is, and why it matters', () => {
      expect(page(id)).toMatch(new RegExp(`^# ${id}\n\n\\S[^]*\n\nSeverity: ${severity}\\.\n`));
      expect(page(id)).toContain('\n## Why it matters\n\n');
    });

    it('has examples that hold', () => {
      const [wrong, right] = [example(id, 'Wrong'), example(id, 'Right')];
      expect({
        wrong: wrong === undefined || found(id, wrong),
        right: right !== undefined && found(id, right),
      }).toEqual({
        wrong: true,
        right: false,
      });
    });
  });
});
