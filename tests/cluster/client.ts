import { setTimeout as delay } from 'node:timers/promises';
import type { Version } from '../crash/traffic.ts';

export interface IngestRequest {
  readonly type: 'application/json' | 'application/x-ndjson';
  readonly body: string;
  readonly versions: readonly Version[];
  readonly hasReject: boolean;
}

export interface Answered {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
}

/** null when the connection broke, or nothing was answered in time: whether the request was taken, nobody knows. */
export function postCalls(
  address: string,
  key: string,
  { type, body }: Pick<IngestRequest, 'type' | 'body'>,
  withinMs = 60_000,
): Promise<Answered | null> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': type };
  const signal = AbortSignal.timeout(withinMs);
  return answered(`${address}/ingest/v1/calls`, { method: 'POST', headers, body, signal });
}

export async function answered(url: string, init: RequestInit = {}): Promise<Answered | null> {
  try {
    const response = await fetch(url, init);
    const text = await response.text();
    return { status: response.status, retryAfter: response.headers.get('retry-after'), text };
  } catch {
    return null;
  }
}

const pauseMs = 50;

/** What senders were answered, for what no sender may ever see. */
export class Answers {
  readonly strange: Answered[] = [];
  taken = 0;
  broken = 0;
  unavailable = 0;

  /** Sends a request until it is taken, wherever the server is by then. */
  async sendUntilTaken(addressOf: () => Promise<string>, key: string, request: IngestRequest): Promise<void> {
    for (;;) {
      const answer = await postCalls(await addressOf(), key, request);
      this.note(answer, request.hasReject ? 207 : 200);
      // A strange answer is not repeated for ever: the test has failed.
      if (answer !== null && answer.status !== 503) return;
      await delay(pauseMs);
    }
  }

  note(answer: Answered | null, wanted: number): void {
    if (answer === null) this.broken += 1;
    else if (answer.status === wanted) this.taken += 1;
    else if (answer.status === 503 && Number(answer.retryAfter) > 0) this.unavailable += 1;
    else this.strange.push(answer);
  }
}
