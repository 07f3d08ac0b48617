import { createServer } from 'node:http';

/**
 * The least that a Node.js server can do: it answers each path with a text that it has in memory. The bench starts it as a
 * process of its own, sends it the answers, and hears its port.
 */

export interface BareAnswers {
  readonly type: string;
  /** By path; ASCII, so that the length of the text is its length in bytes. */
  readonly bodies: Readonly<Record<string, string>>;
}

process.once('message', ({ type, bodies }: BareAnswers) => {
  const answers = new Map(Object.entries(bodies));
  const server = createServer((request, response) => {
    const body = answers.get(request.url ?? '') ?? '';
    // A text rather than bytes: Node.js then writes head and body at once, which is the quickest it has.
    response.writeHead(200, { 'Content-Type': type, 'Content-Length': body.length }).end(body);
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.(typeof address === 'object' ? address?.port : null);
  });
});
process.once('disconnect', () => process.exit());
