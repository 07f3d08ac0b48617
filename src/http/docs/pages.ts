import { type Guide, guidePath } from './guides.ts';
import { escapeHtml } from './markup.ts';

/** Addresses of what pages load. */
export interface PageFiles {
  readonly style: string;
  readonly theme: string;
  readonly policy: string;
  readonly referenceBundle: string;
  readonly referencePage: string;
}

interface Page {
  readonly title: string;
  /** Elements of the head that only this page has. */
  readonly head?: string;
  readonly body: string;
}

/** The frame of every page: its head, and the same navigation. */
function page({ title, head = '', body }: Page, files: PageFiles): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · Voxgauge</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${files.style}">
<script type="module" blocking="render" src="${files.theme}"></script>
${head}</head>
<body>
${body}
</body>
</html>
`;
}

const navigation = `<nav class="site" aria-label="Documentation">
<a class="name" href="/docs">Voxgauge</a>
<a href="/docs">API reference</a>
<a href="/docs/guides">Guides</a>
<a href="/openapi.json" title="The OpenAPI document as JSON">JSON</a>
<a href="/openapi.yaml" title="The OpenAPI document as YAML">YAML</a>
<button type="button" data-theme-toggle hidden></button>
</nav>`;

/** The interactive reference: our bar above, filled by `page/reference.ts`. */
export function referencePage(files: PageFiles): string {
  // In this order, also without "async": a module waits like a script that is deferred.
  const head = `<script type="module" src="${files.policy}"></script>
<script defer src="${files.referenceBundle}"></script>
<script type="module" src="${files.referencePage}"></script>
`;
  const body = `<header class="bar">
${navigation}
<form id="login" autocomplete="on">
<label>Tool <select name="tool"><option>dev</option><option>insight</option><option>fuseplus</option></select></label>
<label>Login <input name="login" required autocomplete="username" autocapitalize="none" spellcheck="false"></label>
<label>Password <input name="password" type="password" required autocomplete="current-password"></label>
<button type="submit">Log in</button>
<output id="login-state">Log in to send data requests from this page. <a href="${guidePath('authentication')}">How it works</a></output>
</form>
</header>
<p id="notice" role="alert" hidden></p>
<noscript><p class="notice">The interactive reference needs JavaScript. The <a href="/docs/guides">guides</a> do not.</p></noscript>
<div id="reference"></div>`;
  return page({ title: 'API reference', head, body }, files);
}

export function guidePage(guide: Guide, guides: readonly Guide[], files: PageFiles): string {
  const items = guides.map(({ name, path, title }) => {
    const current = name === guide.name ? ' aria-current="page"' : '';
    return `<li><a href="${path}"${current}>${escapeHtml(title)}</a></li>`;
  });
  const body = `<header class="bar">${navigation}</header>
<div class="guide">
<nav class="guides" aria-label="Guides"><ul>
${items.join('\n')}
</ul></nav>
<main>
${guide.html}</main>
</div>`;
  return page({ title: guide.title, body }, files);
}

export function guidesPage(guides: readonly Guide[], files: PageFiles): string {
  const items = guides.map(
    ({ path, title, summary }) => `<dt><a href="${path}">${escapeHtml(title)}</a></dt><dd>${escapeHtml(summary)}</dd>`,
  );
  const body = `<header class="bar">${navigation}</header>
<div class="guide">
<main>
<h1>Guides</h1>
<p>What the <a href="/docs">API reference</a> does not tell: how to begin, and what stands behind the figures.</p>
<dl class="guides">
${items.join('\n')}
</dl>
</main>
</div>`;
  return page({ title: 'Guides', body }, files);
}
