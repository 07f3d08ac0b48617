import { HttpConnection } from './http-connection.ts';

export interface Sent {
  readonly count: number;
  readonly elapsedMs: number;
}

export interface Load {
  /** Bytes of the request that is sent again and again. */
  readonly request: Uint8Array;
  readonly connections: number;
  readonly durationMs: number;
  /** Every answer must be 200 and have so many bytes. */
  readonly bodyBytes: number;
}

/** How many requests are answered, when each connection sends its next one as soon as the last is answered. */
export async function sendRepeatedly(address: string, load: Load): Promise<Sent> {
  const opened = await openConnections(address, load.connections);
  let count = 0;
  const startMs = performance.now();
  const endMs = startMs + load.durationMs;
  const drive = async (connection: HttpConnection) => {
    while (performance.now() < endMs) {
      const { status, body } = await connection.send(load.request);
      if (status !== 200 || body.length !== load.bodyBytes) {
        throw new Error(`expected 200 with ${load.bodyBytes} bytes, got ${status}: ${body}`);
      }
      count += 1;
    }
  };
  await Promise.all(opened.map(drive));
  const elapsedMs = performance.now() - startMs;
  for (const connection of opened) connection.close();
  return { count, elapsedMs };
}

/** Sends each request once, over so many connections; returns the bodies of the answers and how long it took. */
export async function sendAll(address: string, requests: readonly Uint8Array[], connections: number) {
  const opened = await openConnections(address, connections);
  const bodies: string[] = [];
  const waiting = requests.values();
  const startMs = performance.now();
  const drive = async (connection: HttpConnection) => {
    for (const request of waiting) {
      const { status, body } = await connection.send(request);
      if (status !== 200) throw new Error(`expected 200, got ${status}: ${body}`);
      bodies.push(`${body}`);
    }
  };
  await Promise.all(opened.map(drive));
  const elapsedMs = performance.now() - startMs;
  for (const connection of opened) connection.close();
  return { bodies, elapsedMs };
}

const openConnections = (address: string, count: number): Promise<readonly HttpConnection[]> =>
  Promise.all(Array.from({ length: count }, () => HttpConnection.open(address)));
