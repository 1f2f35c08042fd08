import MarkdownIt from 'markdown-it';

type Token = ReturnType<InstanceType<typeof MarkdownIt>['parse']>[number];

/** Text of an inline token without its marks; the address of a link stands behind its text where the two differ. */
function inline(token: Token): string {
  let text = '';
  const links: { readonly href: string; readonly from: number }[] = [];
  for (const one of token.children ?? []) {
    if (one.type === 'softbreak' || one.type === 'hardbreak') text += '\n';
    else if (one.type === 'link_open') links.push({ href: String(one.attrGet('href') ?? ''), from: text.length });
    else if (one.type === 'link_close') {
      const link = links.pop();
      if (link !== undefined && text.slice(link.from) !== link.href) text += ` (${link.href})`;
    } else text += one.content;
  }
  return text;
}

const indented = (text: string, first: string): string =>
  text
    .split('\n')
    .map((line, at) => (at === 0 ? first : ' '.repeat(first.length)) + line)
    .join('\n');

/** Markdown as plain text: headings underlined, lists with dashes, code indented, no marks. */
export function plainText(markdown: string): string {
  const blocks: string[] = [];
  const lists: { next: number | undefined }[] = [];
  let heading = 0;
  let item: string | undefined;
  for (const token of new MarkdownIt({ html: false, linkify: false }).parse(markdown, {})) {
    switch (token.type) {
      case 'heading_open':
        heading = Number(token.tag.slice(1));
        break;
      case 'bullet_list_open':
        lists.push({ next: undefined });
        break;
      case 'ordered_list_open':
        lists.push({ next: Number(token.attrGet('start') ?? 1) });
        break;
      case 'bullet_list_close':
      case 'ordered_list_close':
        lists.pop();
        break;
      case 'list_item_open': {
        const list = lists.at(-1);
        item = list?.next === undefined ? '- ' : `${list.next++}. `;
        break;
      }
      case 'inline': {
        const text = inline(token);
        const depth = '  '.repeat(Math.max(0, lists.length - 1));
        if (heading > 0) blocks.push(`\n${text}\n${(heading === 1 ? '=' : '-').repeat([...text].length)}`);
        else if (lists.length > 0) blocks.push(indented(text, depth + (item ?? '  ')));
        else blocks.push(`\n${text}`);
        heading = 0;
        item = undefined;
        break;
      }
      case 'fence':
      case 'code_block':
        blocks.push(`\n${indented(token.content.trimEnd(), '    ')}`);
        break;
      default:
    }
  }
  return `${blocks.join('\n').trim()}\n`;
}
