import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { appPaths } from '../../wire/dashboard/paths.ts';
import { sendError } from '../error-answer.ts';
import { httpProblem } from '../problems.ts';
import { addResource } from '../surface.ts';
import { readWebFiles, type WebFiles } from './files.ts';
import { sendNotBuilt, sendPage } from './page.ts';

/** Files that are not below `/assets`; one that was not built is nothing. */
const ownFiles = ['/favicon.svg', '/manifest.webmanifest'];

/** The dashboard in the browser: one document for all of its pages, and what it loads. */
export function addWeb(app: FastifyInstance, read: () => WebFiles | null = readWebFiles): void {
  const web = readWhenAsked(read);
  const sendDocument = async (_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const built = web();
    return built === null ? sendNotBuilt(reply) : sendPage(reply, built.page);
  };
  const sendFile = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const [path = ''] = request.url.split('?', 1);
    const file = web()?.files.get(path);
    return file?.send(request, reply) ?? sendError(request, reply, httpProblem('notFound'));
  };
  for (const url of appPaths) addResource(app, { url, methods: { GET: sendDocument }, answerProblem: sendError });
  for (const url of ['/assets/*', ...ownFiles]) {
    addResource(app, { url, methods: { GET: sendFile }, answerProblem: sendError });
  }
}

/** A server of which nobody opens the dashboard need not hold it; and one that was started too early finds it later. */
function readWhenAsked(read: () => WebFiles | null): () => WebFiles | null {
  let files: WebFiles | null = null;
  return () => {
    files ??= read();
    return files;
  };
}
