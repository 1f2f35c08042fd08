import { rulePage } from '../report/rule-page.ts';
import { toApi } from '../rule/api.ts';
import type { Rule } from '../rule/rule.ts';
import { visible } from '../text/display.ts';
import { readConfig } from './configuration.ts';
import type { ExitCode } from './exit-code.ts';
import type { Host } from './host.ts';
import { parseFormat, put } from './outputs.ts';
import { selectOne } from './selection.ts';
import type { ConfigFlags } from './settings.ts';

export interface ViewOptions extends ConfigFlags {
  readonly format?: string;
}

type PageFormat = 'markdown' | 'text' | 'html' | 'api';

/** One function a format: from a rule to what a person, or Kibana's API, reads. */
const PAGES: Readonly<Record<PageFormat, (rule: Rule) => string | Promise<string>>> = {
  markdown: (rule) => visible(rulePage(rule)),
  async text(rule) {
    const { plainText } = await import('../report/plain-text.ts');
    return visible(plainText(rulePage(rule)));
  },
  async html(rule) {
    const { htmlPage } = await import('../report/rule-html.ts');
    return htmlPage(rule.body.name, rulePage(rule));
  },
  api: (rule) => `${JSON.stringify(toApi(rule), null, 2)}\n`,
};

const isPageFormat = (name: string): name is PageFormat => Object.hasOwn(PAGES, name);

/** `dac view RULE`: the rule as a page, or as Kibana's API gets it. */
export async function view(host: Host, written: string, options: ViewOptions): Promise<ExitCode> {
  const output = parseFormat(options.format ?? 'markdown', Object.keys(PAGES), isPageFormat);
  const { rule } = await selectOne(host, written, readConfig(host, options, written));
  put(host, output, await PAGES[output.format](rule));
  return 0;
}
