import type { IncomingMessage } from 'node:http';

/** What is read away at the most: whoever sends more may lose the answer. */
const mostBytes = 1_048_576;

/** Whether a request has a body that it has no use for. */
export const hasUnwantedBody = ({ method, headers }: IncomingMessage): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);

/**
 * Reads an unwanted body away. Were it left unread, a connection that is closed after the answer would be
 * reset, and the end of a long answer lost with it (RFC 9112, section 9.6).
 */
export async function readAway(message: IncomingMessage): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of message.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > mostBytes) return;
    }
  } catch {
    // The sender is gone, and with it whoever the answer was for.
  }
}
