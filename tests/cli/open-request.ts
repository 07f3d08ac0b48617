import { type IncomingMessage, request } from 'node:http';

/** A request whose body is still on its way: the server has taken the headers, and waits. */
export interface OpenRequest {
  write(line: string): void;
  /** Ends the body; returns the answer. */
  finish(): Promise<{ readonly status: number; readonly body: unknown }>;
}

/** Sends the head of a stream of documents, and returns when the server has asked for its body. */
export async function openStream(address: string, key: string): Promise<OpenRequest> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson', expect: '100-continue' };
  const open = request(`${address}/ingest/v1/calls`, { method: 'POST', headers });
  const answered = new Promise<IncomingMessage>((resolve, reject) =>
    open.once('response', resolve).once('error', reject),
  );
  // Whoever finishes the request hears of its failure; a test that ends the server need not.
  answered.catch(() => {});
  const asked = new Promise<void>((resolve, reject) => open.once('continue', resolve).once('error', reject));
  open.flushHeaders();
  await asked;
  return {
    write: (line) => open.write(line),
    async finish() {
      open.end();
      const answer = await answered;
      const text = Buffer.concat(await Array.fromAsync(answer)).toString();
      return { status: answer.statusCode ?? 0, body: JSON.parse(text) };
    },
  };
}

/** Waits until the address takes no new connections. */
export async function refusal(address: string): Promise<void> {
  for (;;) {
    try {
      await fetch(`${address}/health/live`, { headers: { connection: 'close' } });
    } catch {
      // This is what is waited for.
      return;
    }
  }
}
