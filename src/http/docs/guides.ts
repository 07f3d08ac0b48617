import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Article, renderMarkdown } from './markdown.ts';

/** The documents of `docs/` that are for whoever uses the server, in the order in which they are listed: name → what it is for. */
export const guideSummaries = {
  'quick-start': 'From an empty machine to a first report.',
  dashboard: 'What the pages under / show, and how to find the calls behind a figure.',
  authentication: 'Which secret goes where: logins, temporary credentials, ingest keys, API tokens.',
  'sending-calls': 'The call document, streams of documents, and importing files.',
  'migrating-from-voicetrends':
    'What to change in a client of VoiceTrends, and how to check that nothing else differs.',
  'voicetrends-api': 'The API of VoiceTrends, as it is answered here.',
  'reports-api': 'Any figure of any days, filtered and broken down as you ask.',
  metrics: 'What each figure counts.',
  errors: 'Every error, its status, and what to do.',
} as const;

export interface Guide extends Article {
  readonly name: string;
  readonly summary: string;
  readonly path: string;
}

export const guidePath = (name: string): string => `/docs/guides/${name}`;

/** Reads and renders all guides from a folder of Markdown files. */
export function renderGuides(folder: string): readonly Guide[] {
  const servedLink = (href: string) => servedAddress(href, folder);
  return Object.entries(guideSummaries).map(([name, summary]) => {
    const article = renderMarkdown(readFileSync(join(folder, `${name}.md`), 'utf8'), servedLink);
    return { name, summary, path: guidePath(name), ...article };
  });
}

/** `metrics.md#rounding` → `/docs/guides/metrics#rounding`; null for a file of the source code, which a reader here does not have. */
function servedAddress(href: string, folder: string): string | null {
  if (/^(https?:|#|\/)/.test(href)) return href;
  const [file = '', heading] = href.split('#');
  const name = file.replace(/\.md$/, '');
  if (file.endsWith('.md') && Object.hasOwn(guideSummaries, name)) {
    return guidePath(name) + (heading === undefined ? '' : `#${heading}`);
  }
  if (existsSync(join(folder, file))) return null;
  throw new Error(`a guide links to ${href}, which does not exist`);
}
