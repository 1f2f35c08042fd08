import { toApi } from '../rule/api.ts';
import { visible } from '../text/display.ts';
import { KnownError } from '../text/known-error.ts';
import { rulePage } from '../report/rule-page.ts';
import { readConfig, selectRules } from './session.ts';

const FORMATS = ['markdown', 'text', 'html', 'api'];

/** `dac view RULE`: the rule as a page, or as Kibana's API gets it. */
export async function view(path: string, format: string): Promise<number> {
  if (!FORMATS.includes(format))
    throw new KnownError(`dac view has no format ${format}`, { help: `it is one of ${FORMATS.join(', ')}` });
  const [file] = selectRules([path], readConfig(undefined, false), {});
  const rule = file?.rule;
  if (rule === undefined) throw new KnownError(`${path} is no rule`, { help: 'dac lint says what is wrong with it' });
  if (format === 'api') process.stdout.write(`${JSON.stringify(toApi(rule), null, 2)}\n`);
  else if (format === 'html') {
    const { htmlPage } = await import('../report/rule-html.ts');
    process.stdout.write(htmlPage(rule.body.name, rulePage(rule)));
  } else if (format === 'text') {
    const { plainText } = await import('../report/plain-text.ts');
    process.stdout.write(visible(plainText(rulePage(rule))));
  } else process.stdout.write(visible(rulePage(rule)));
  return 0;
}
