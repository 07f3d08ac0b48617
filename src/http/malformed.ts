import type { Socket } from 'node:net';
import { httpProblem, messageOf } from './problems.ts';

/**
 * Answers what is no request that HTTP knows, or one whose address and headers are longer than Node.js reads: nothing of it has come
 * to a route. The connection ends with it, since nobody can tell where the next request would begin.
 */
export function refuseMalformed(_error: Error, socket: Socket): void {
  if (!socket.writable) return;
  const detail = 'the request is not HTTP, or its address and headers are longer than 16 KiB';
  const body = JSON.stringify({ error: messageOf(httpProblem('badRequest', detail)) });
  const head = ['HTTP/1.1 400 Bad Request', 'Content-Type: application/json', `Content-Length: ${body.length}`];
  socket.end([...head, 'Connection: close', '', body].join('\r\n'));
}
