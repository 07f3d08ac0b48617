import Fastify from 'fastify';
import { addDocs } from '../../../src/http/docs/routes.ts';
import { httpProblem, messageOf } from '../../../src/http/problems.ts';
import { knowAllMethods } from '../../../src/http/surface.ts';
import { sampleDocument } from './sample-document.ts';

interface Asked {
  readonly method?: 'GET' | 'HEAD' | 'OPTIONS' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
}

/** The surface alone, as a server has it. */
export function serveDocs() {
  const app = Fastify({ routerOptions: { ignoreTrailingSlash: true } });
  knowAllMethods(app);
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: messageOf(httpProblem('notFound')) }));
  addDocs(app, { document: sampleDocument });
  return {
    async get(url: string, { method = 'GET', headers = {} }: Asked = {}) {
      const { statusCode: status, headers: answered, rawPayload: body } = await app.inject({ method, url, headers });
      return { status, headers: answered, body, text: body.toString() };
    },
    close: () => app.close(),
  };
}

export type Served = ReturnType<typeof serveDocs>;

/** Addresses in attributes of a page. */
export const addressesIn = (html: string): readonly string[] =>
  Array.from(html.matchAll(/\s(?:href|src)="([^"]*)"/g), ([, address = '']) => address.replaceAll('&amp;', '&'));
