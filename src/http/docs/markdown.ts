import { Marked, type Tokens } from 'marked';
import { escapeHtml } from './markup.ts';

/** A Markdown document as a part of a page. */
export interface Article {
  /** The text of its first heading. */
  readonly title: string;
  readonly html: string;
}

/** Where a link of the document leads to when it is served; null where there is nothing to lead to, and its text stays. */
export type ServedLink = (href: string) => string | null;

export function renderMarkdown(markdown: string, servedLink: ServedLink): Article {
  const marked = new Marked({ gfm: true });
  const headings = marked.lexer(markdown).filter((token): token is Tokens.Heading => token.type === 'heading');
  const nameRow = rowNames(headings.map(({ text }) => slugOf(text)));
  marked.use({
    renderer: {
      heading({ tokens, depth, text }) {
        return `<h${depth} id="${slugOf(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        const served = servedLink(href);
        return served === null ? text : `<a href="${escapeHtml(served)}">${text}</a>`;
      },
      // Wide tables and code scroll inside themselves; whoever uses the keyboard can get there to scroll.
      table(token) {
        return `<div class="wide" tabindex="0" role="region" aria-label="Table">${tableOf(token, { parser: this.parser, nameRow })}</div>\n`;
      },
      code: ({ text }) => `<pre tabindex="0"><code>${escapeHtml(text)}\n</code></pre>\n`,
      // Markdown may hold HTML. Ours does not, and text that looks like it is meant as text.
      html: ({ text }) => escapeHtml(text),
    },
  });
  const [title] = headings;
  if (title === undefined) throw new Error('a guide must begin with a heading');
  return { title: title.text, html: marked.parse(markdown, { async: false }) };
}

interface TableOptions {
  readonly parser: { parseInline(tokens: Tokens.TableCell['tokens']): string };
  readonly nameRow: (cells: readonly Tokens.TableCell[]) => string;
}

function tableOf({ header, rows }: Tokens.Table, { parser, nameRow }: TableOptions): string {
  const row = (cells: readonly Tokens.TableCell[], tag: 'th' | 'td') =>
    cells.map(({ tokens }) => `<${tag}>${parser.parseInline(tokens)}</${tag}>`).join('');
  const body = rows.map((cells) => `<tr${nameRow(cells)}>${row(cells, 'td')}</tr>`);
  return `<table><thead><tr>${row(header, 'th')}</tr></thead><tbody>${body.join('\n')}</tbody></table>`;
}

/** A row about one name, as of an error code, can be linked to by it: `errors#notFound`. */
function rowNames(taken: readonly string[]): TableOptions['nameRow'] {
  const used = new Set(taken);
  return ([first]) => {
    const [, name] = /^`([\w-]+)`$/.exec(first?.text ?? '') ?? [];
    if (name === undefined || used.has(name)) return '';
    used.add(name);
    return ` id="${name}"`;
  };
}

/** As Git hosts make them, so that links to headings work in both places: `POST /api/auth` is `post-apiauth`. */
const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
