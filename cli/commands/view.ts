import { createRequire } from 'node:module';
import type MarkdownIt from 'markdown-it';
import { toApi } from '../rule/api.ts';
import type { Rule } from '../rule/rule.ts';
import { visible } from '../text/display.ts';
import { KnownError } from '../text/known-error.ts';
import { readConfig, selectRules } from './session.ts';

/** `dac view RULE`: the rule as a page, in the order of Elastic's rule documentation, or as Kibana's API gets it. */
export function view(path: string, format: string): number {
  const [file] = selectRules([path], readConfig(undefined, false), {});
  const rule = file?.rule;
  if (rule === undefined) throw new KnownError(`${path} is no rule`, { help: 'dac lint says what is wrong with it' });
  switch (format) {
    case 'api':
      process.stdout.write(`${JSON.stringify(toApi(rule), null, 2)}\n`);
      return 0;
    case 'markdown':
      process.stdout.write(visible(page(rule)));
      return 0;
    case 'text':
      process.stdout.write(
        visible(
          page(rule)
            .replace(/^#+ /gm, '')
            .replace(/^```.*\n/gm, '')
            .replace(/\*\*/g, ''),
        ),
      );
      return 0;
    case 'html':
      process.stdout.write(html(rule));
      return 0;
    default:
      throw new KnownError(`dac view has no format ${format}`, { help: 'it is markdown, text, html or api' });
  }
}

function page(rule: Rule): string {
  const { body } = rule;
  const list = (items: readonly string[] | undefined): string[] => (items ?? []).map((one) => `- ${one}`);
  const lines = [
    `# ${body.name}`, '', body.description.trim(), '',
    `**Rule type**: ${body.type}`, '',
    ...(body.index === undefined ? [] : ['**Rule indices**:', '', ...list(body.index), '']),
    `**Severity**: ${body.severity}`, '', `**Risk score**: ${body.risk_score}`, '', `**Runs every**: ${body.interval ?? '5m'}`, '',
    `**Searches indices from**: ${body.from ?? 'now-6m'}`, '', `**Maximum alerts per execution**: ${body.max_signals ?? 100}`, '',
    '**References**:', '', ...list(body.references), '', '**Tags**:', '', ...list(body.tags), '',
    `**Version**: ${rule.version ?? 'none'}`, '', '**Rule authors**:', '', ...list(body.author), '',
    ...(body.license === undefined ? [] : [`**Rule license**: ${body.license}`, '']),
    ...(body.note === undefined ? [] : [body.note.trim(), '']),
    ...(body.setup === undefined ? [] : [body.setup.trim(), '']),
    ...(body.query === undefined ? [] : ['## Rule query', '', `\`\`\`${body.language ?? ''}`, body.query.trim(), '```', '']),
  ]; // prettier-ignore
  for (const threat of body.threat ?? []) {
    lines.push(`**Framework**: ${threat.framework}`, '');
    const item = (title: string, one: { id: string; name: string; reference: string }): void => {
      lines.push(`- ${title}:`, `  - Name: ${one.name}`, `  - ID: ${one.id}`, `  - Reference URL: ${one.reference}`);
    };
    item('Tactic', threat.tactic);
    for (const technique of threat.technique ?? []) {
      item('Technique', technique);
      for (const sub of technique.subtechnique ?? []) item('Sub-technique', sub);
    }
    lines.push('');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

/** Raw HTML in a guide is shown as text, and links that would run code are dropped (markdown-it with html off). */
function html(rule: Rule): string {
  const load = createRequire(import.meta.url);
  const Renderer = load('markdown-it') as typeof MarkdownIt;
  const body = new Renderer({ html: false, linkify: true }).render(page(rule));
  const title = rule.body.name.replace(/[<>&"']/g, (one) => `&#${one.charCodeAt(0)};`);
  return `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">\n<title>${title}</title>\n<style>body{font:16px/1.5 system-ui;max-width:50rem;margin:2rem auto;padding:0 1rem}pre{background:#f4f4f4;padding:1rem;overflow:auto}</style>\n${body}</html>\n`;
}
