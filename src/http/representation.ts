import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const encodings = ['br', 'gzip', 'identity'] as const;
type Encoding = (typeof encodings)[number];

/** As small as compresses in a fraction of a second; the bundle of the reference would take ten at the best quality. */
const brotliQuality = 6;

const compress: Readonly<Record<Encoding, (body: Buffer) => Promise<Buffer>>> = {
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } }),
  gzip: promisify(gzip),
  identity: async (body) => body,
};

export interface Served {
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
  /** The body in brotli, where somebody has taken the time to make it as small as it gets. */
  readonly brotli?: Buffer;
}

/** A body that does not change while the server runs: compressed once in each encoding that is asked for, with an ETag. */
export class Representation {
  readonly hash: string;
  readonly #type: string;
  readonly #body: Buffer;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #encoded = new Map<Encoding, Promise<Buffer>>();

  constructor({ type, body, headers, brotli }: Served) {
    this.#type = type;
    this.#body = Buffer.from(body);
    this.#headers = headers;
    if (brotli !== undefined) this.#encoded.set('br', Promise.resolve(brotli));
    this.hash = createHash('sha256').update(this.#body).digest('base64url').slice(0, 22);
  }

  async send(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const encoding = encodingFor(request.headers['accept-encoding']);
    const etag = `"${this.hash}-${encoding}"`;
    reply.headers({ ...this.#headers, ETag: etag, Vary: 'Accept-Encoding', 'X-Content-Type-Options': 'nosniff' });
    if (isKnown(etag, request.headers['if-none-match'])) return reply.code(304).send();
    if (encoding !== 'identity') reply.header('Content-Encoding', encoding);
    return reply.header('Content-Type', this.#type).send(await this.#encode(encoding));
  }

  #encode(encoding: Encoding): Promise<Buffer> {
    const encoded = this.#encoded.get(encoding) ?? compress[encoding](this.#body);
    this.#encoded.set(encoding, encoded);
    return encoded;
  }
}

/** The first of {@link encodings} that the client accepts. Weights are not compared: what is accepted at all is good enough. */
export function encodingFor(acceptEncoding: string | string[] = ''): Encoding {
  const accepted = new Map(
    `${acceptEncoding}`.split(',').map((part) => {
      const [name = '', weight = 'q=1'] = part.split(';').map((word) => word.trim().toLowerCase());
      return [name, Number(weight.replace('q=', '')) > 0] as const;
    }),
  );
  return encodings.find((name) => accepted.get(name) ?? accepted.get('*') ?? false) ?? 'identity';
}

/** `If-None-Match` compares weakly, so a proxy may have marked the tag as weak. */
const isKnown = (etag: string, ifNoneMatch = ''): boolean =>
  ifNoneMatch.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
