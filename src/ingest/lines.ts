/** A line longer than this many bytes cannot be kept. */
export interface LineLimit {
  readonly maxLineBytes: number;
}

/** A line of the stream is longer than what is kept of one. */
export class LineTooLongError extends Error {
  override readonly name = 'LineTooLongError';
}

const newline = 0x0a;

/**
 * The lines of a byte stream that are not blank, as they come: text, or the bytes themselves where they are not UTF-8. Only the
 * line at hand is held, so the length of the stream is not bounded by memory. Throws {@link LineTooLongError}.
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  { maxLineBytes }: LineLimit,
): AsyncGenerator<string | Uint8Array> {
  let open: Uint8Array[] = [];
  let openBytes = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      if (openBytes + end - start > maxLineBytes) throw tooLong(maxLineBytes);
      const line = decoded(Buffer.concat([...open, chunk.subarray(start, end)]));
      if (line !== null) yield line;
      open = [];
      openBytes = 0;
      start = end + 1;
    }
    open.push(chunk.subarray(start));
    openBytes += chunk.length - start;
    if (openBytes > maxLineBytes) throw tooLong(maxLineBytes);
  }
  const last = decoded(Buffer.concat(open));
  if (last !== null) yield last;
}

const tooLong = (maxLineBytes: number) => new LineTooLongError(`a line is longer than ${maxLineBytes} bytes`);

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** UTF-8 text, or null where the bytes are none. A byte order mark is dropped. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    // The only way in which a fatal decoder tells.
    return null;
  }
}

/** null for a blank line. */
function decoded(bytes: Uint8Array): string | Uint8Array | null {
  const text = decodeUtf8(bytes);
  if (text === null) return bytes;
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}
