import MarkdownIt from 'markdown-it';

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1d1e24}' +
  'pre{background:#f4f5f8;padding:1rem;overflow:auto}code{font-size:.9em}h1,h2{border-bottom:1px solid #d3dae6}';

/**
 * A page of Markdown as one HTML document. Raw HTML in the Markdown is shown as text, links that would run code are dropped
 * (markdown-it with html off), and the page forbids scripts and foreign content by itself.
 */
export function htmlPage(title: string, markdown: string): string {
  const body = new MarkdownIt({ html: false, linkify: true }).render(markdown);
  const safe = title.replace(/[<>&"']/g, (one) => `&#${one.charCodeAt(0)};`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${safe}</title>
<style>${STYLE}</style>
${body}</html>
`;
}
