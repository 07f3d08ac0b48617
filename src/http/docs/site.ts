import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { Representation } from '../representation.ts';
import { assetPath } from './assets.ts';
import { type Guide, guidePath, renderGuides } from './guides.ts';
import { guidePage, guidesPage, type PageFiles, referencePage } from './pages.ts';

/** A finished OpenAPI document, as JSON has it. */
export type OpenApiDocument = Readonly<Record<string, unknown>>;

/** Everything that is served, by its path. */
export type Site = ReadonlyMap<string, Representation>;

/** Reads, renders and hashes all of it. */
export function buildSite(document: OpenApiDocument): Site {
  const assets = readAssets();
  const files = pageFiles(assets);
  const guides = renderGuides(assetPath('guides'));
  return new Map([...machineReadable(document), ...pages(guides, files), ...assets]);
}

/** A page asks each time whether it is still the same; what it loads is named by its content, and may be kept for ever. */
const revalidated = { 'Cache-Control': 'no-cache' };
const immutable = { 'Cache-Control': 'public, max-age=31536000, immutable' };

function machineReadable(document: OpenApiDocument): readonly (readonly [string, Representation])[] {
  // They hold no secret, and tools in browsers load them from their own pages.
  const headers = { ...revalidated, 'Access-Control-Allow-Origin': '*' };
  const json = { type: 'application/json', body: JSON.stringify(document), headers };
  const yaml = { type: 'application/yaml', body: stringify(document, { aliasDuplicateObjects: false }), headers };
  return [
    ['/openapi.json', new Representation(json)],
    ['/openapi.yaml', new Representation(yaml)],
  ];
}

function pages(guides: readonly Guide[], files: PageFiles): readonly (readonly [string, Representation])[] {
  const html = (body: string) => new Representation({ type: 'text/html; charset=utf-8', body, headers: pageHeaders });
  return [
    ['/docs', html(referencePage(files))],
    ['/docs/guides', html(guidesPage(guides, files))],
    ...guides.map((guide) => [guidePath(guide.name), html(guidePage(guide, guides, files))] as const),
  ];
}

/** Nothing may come from elsewhere, go elsewhere, or put the page into a frame. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  // The reference writes its styles into the page, and places menus and panels by attributes of style.
  "style-src 'self' 'unsafe-inline'",
  // Icons of the reference, and the empty icon of the page, are in the page itself.
  "img-src 'self' data:",
  // What is sent from the page goes to this server.
  "connect-src 'self'",
  "base-uri 'none'",
  // Forms are sent by scripts, and a password never as part of an address.
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const pageHeaders = {
  ...revalidated,
  'Content-Security-Policy': contentSecurityPolicy,
  'Referrer-Policy': 'no-referrer',
};

/**
 * The bundle of the reference, and our own modules and styles. All are below one name made of all their content, so that modules can
 * import each other by their file names, and a new version is never mixed with an old one.
 */
function readAssets(): Site {
  const page = assetPath('page');
  const scripts = readdirSync(page)
    .filter((file) => /\.(ts|js)$/.test(file) && !/\.test\.ts$/.test(file))
    .map((file) => ({ file, type: javascript, body: scriptOf(file, readFileSync(join(page, file), 'utf8')) }));
  const files = [
    { file: bundle, type: javascript, body: readFileSync(assetPath('reference bundle')) },
    { file: stylesheet, type: 'text/css; charset=utf-8', body: readFileSync(join(page, stylesheet)) },
    ...scripts,
  ];
  const hash = createHash('sha256');
  for (const { body } of files) hash.update(body);
  const folder = `/docs/assets/${hash.digest('base64url').slice(0, 22)}`;
  return new Map(
    files.map(({ file, type, body }) => [`${folder}/${file}`, new Representation({ type, body, headers: immutable })]),
  );
}

const bundle = 'scalar.js';
const stylesheet = 'style.css';
const javascript = 'text/javascript; charset=utf-8';

/** A clone has TypeScript, which is JavaScript once its types are gone; the published package has what was compiled from it. */
const scriptOf = (file: string, source: string): string =>
  file.endsWith('.ts') ? stripTypeScriptTypes(source) : source;

function pageFiles(assets: Site): PageFiles {
  const addressOf = (...names: readonly string[]): string => {
    const address = [...assets.keys()].find((path) => names.some((name) => path.endsWith(`/${name}`)));
    if (address === undefined) throw new Error(`${names.join(' or ')} is missing in ${assetPath('page')}`);
    return address;
  };
  return {
    style: addressOf(stylesheet),
    theme: addressOf('theme.ts', 'theme.js'),
    policy: addressOf('policy.ts', 'policy.js'),
    referenceBundle: addressOf(bundle),
    referencePage: addressOf('reference.ts', 'reference.js'),
  };
}
