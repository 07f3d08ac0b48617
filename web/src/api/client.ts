/** An answer that is no success, with the server's own sentence. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  /** Seconds to wait before trying again, where the server says so. */
  readonly retryAfterSeconds: number | null;

  constructor(status: number, message: string, retryAfterSeconds: number | null = null) {
    super(message);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export const isSignedOut = (error: unknown): boolean => error instanceof ApiError && error.status === 401;

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

interface Sent {
  readonly method?: Method;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** Asks the server; what it answers is of the form that `src/wire/dashboard` declares for the address. */
export async function ask<T>(address: string, { method = 'GET', body, signal }: Sent = {}): Promise<T> {
  const response = await fetch(address, {
    method,
    signal: signal ?? null,
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
  }).catch((error) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, 'The server cannot be reached.');
  });
  if (!response.ok) throw await errorOf(response);
  if (response.status === 204) return undefined as T;
  return response.json() as Promise<T>;
}

async function errorOf(response: Response): Promise<ApiError> {
  const details: unknown = await response.json().catch(() => null);
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiError(
    response.status,
    sentenceOf(details) ?? `The server answered ${response.status}.`,
    Number.isNaN(retryAfter) ? null : retryAfter,
  );
}

function sentenceOf(details: unknown): string | null {
  if (typeof details !== 'object' || details === null) return null;
  if ('detail' in details && typeof details.detail === 'string') return details.detail;
  return 'error' in details && typeof details.error === 'string' ? details.error : null;
}
