import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createZstdDecompress } from 'node:zlib';
import { decodeUtf8 } from '../../ingest/lines.ts';
import { type HttpProblem, httpProblem } from '../problems.ts';

/** The body cannot be read as what its headers say it is. */
export class BodyError extends Error {
  override readonly name = 'BodyError';
  readonly problem: HttpProblem;

  constructor(problem: HttpProblem, cause?: unknown) {
    super(problem.detail, { cause });
    this.problem = problem;
  }
}

export interface DecodedBody {
  readonly kind: 'json' | 'ndjson';
  readonly bytes: AsyncIterable<Uint8Array>;
}

const kinds: ReadonlyMap<string, DecodedBody['kind']> = new Map([
  ['application/json', 'json'],
  ['application/x-ndjson', 'ndjson'],
]);

const decoders: ReadonlyMap<string, () => Transform> = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['br', createBrotliDecompress],
  ['zstd', createZstdDecompress],
]);

/** The body as its headers describe it, decompressed as it is read. Throws {@link BodyError}, also while it is read. */
export function decodedBody(message: IncomingMessage, headers: IncomingHttpHeaders, maxBodyBytes: number): DecodedBody {
  const kind = kindOf(headers['content-type'] ?? '');
  const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity') {
    const length = Number(headers['content-length'] ?? 0);
    if (kind === 'json' && length > maxBodyBytes) throw tooLarge(maxBodyBytes);
    return { kind, bytes: message };
  }
  const decoder = decoders.get(encoding);
  if (decoder === undefined) {
    const known = [...decoders.keys()].join(', ');
    throw new BodyError(httpProblem('mediaType', `Content-Encoding must be ${known} or absent, got "${encoding}"`));
  }
  return { kind, bytes: decompressed(message, decoder(), encoding) };
}

function kindOf(contentType: string): DecodedBody['kind'] {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  const kind = kinds.get(type.trim());
  const charset = parameters.map((part) => part.trim()).find((part) => part.startsWith('charset='));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  if (kind !== undefined && isUtf8) return kind;
  throw new BodyError(mediaTypeProblem(contentType));
}

export function mediaTypeProblem(contentType: string): HttpProblem {
  const known = [...kinds.keys()].join(' or ');
  return httpProblem('mediaType', `Content-Type must be ${known}, in UTF-8, got "${contentType}"`);
}

async function* decompressed(
  message: IncomingMessage,
  decoder: Transform,
  encoding: string,
): AsyncGenerator<Uint8Array> {
  // Not pipeline(), which would end the connection together with the decoder, and the answer could not be sent.
  message.once('error', (error) => decoder.destroy(error)).pipe(decoder);
  try {
    for await (const chunk of decoder) yield chunk;
  } catch (error) {
    if (message.errored !== null) throw error;
    throw new BodyError(httpProblem('badEncoding', encoding), error);
  }
}

/** The whole body as text. */
export async function textOf(chunks: AsyncIterable<Uint8Array>, maxBodyBytes: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > maxBodyBytes) throw tooLarge(maxBodyBytes);
    parts.push(chunk);
  }
  const text = decodeUtf8(Buffer.concat(parts));
  if (text === null) throw new BodyError(httpProblem('notJson', 'it is not UTF-8 text'));
  return text;
}

const tooLarge = (maxBodyBytes: number): BodyError =>
  new BodyError(
    httpProblem('tooLarge', `a JSON body must be at most ${maxBodyBytes} bytes decoded; send less at once, or NDJSON`),
  );
