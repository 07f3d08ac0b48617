import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendError } from '../error-answer.ts';
import { httpProblem } from '../problems.ts';
import { addResource } from '../surface.ts';
import { assetPath } from './assets.ts';
import type { OpenApiDocument, Site } from './site.ts';

/** What the surface answers; a path of these that is not in the {@link Site} is nothing. */
const urls = [
  '/openapi.json',
  '/openapi.yaml',
  '/docs',
  '/docs/guides',
  '/docs/guides/:name',
  '/docs/assets/:version/:file',
];

/** The API reference at `/docs`, the guides beside it, and the documents that both are made from. */
export function addDocs(app: FastifyInstance, { document }: { readonly document: OpenApiDocument }): void {
  // Before the server listens, not when somebody opens a page.
  for (const asset of ['reference bundle', 'guides', 'page'] as const) assetPath(asset);
  const site = builtOnce(document);
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const [path = ''] = request.url.split('?', 1);
    const found = (await site()).get(path.replace(/\/$/, ''));
    return found?.send(request, reply) ?? sendError(request, reply, httpProblem('notFound'));
  };
  for (const url of urls) addResource(app, { url, methods: { GET: handler }, answerProblem: sendError });
}

/** A server that takes calls in and answers reports need not hold what nobody reads: it is built when first asked for. */
function builtOnce(document: OpenApiDocument): () => Promise<Site> {
  let site: Promise<Site> | null = null;
  return () => {
    site ??= import('./site.ts')
      .then(({ buildSite }) => buildSite(document))
      .catch((error) => {
        // The next visitor may be luckier: a disk that failed can be well again.
        site = null;
        throw error;
      });
    return site;
  };
}
