interface ErrorDetails {
  /** Seconds to wait before trying again, where the server says so. */
  readonly retryAfterSeconds?: number | null;
  /** The field or parameter that is wrong, where it is one. */
  readonly parameter?: string | null;
}

/** An answer that is no success, with the server's own sentence. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly retryAfterSeconds: number | null;
  readonly parameter: string | null;

  constructor(status: number, message: string, { retryAfterSeconds = null, parameter = null }: ErrorDetails = {}) {
    super(message);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
    this.parameter = parameter;
  }
}

/** Whether a field is what the server refuses: then its sentence stands beside the field. */
export const isAbout = (error: Error | null, field: string): boolean =>
  error instanceof ApiError && error.parameter === field;

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
  const sentence = textIn(details, 'detail') ?? textIn(details, 'error') ?? `The server answered ${response.status}.`;
  return new ApiError(response.status, sentence, {
    retryAfterSeconds: Number.isNaN(retryAfter) ? null : retryAfter,
    parameter: textIn(details, 'parameter'),
  });
}

function textIn(details: unknown, name: string): string | null {
  if (typeof details !== 'object' || details === null) return null;
  const value: unknown = Object.getOwnPropertyDescriptor(details, name)?.value;
  return typeof value === 'string' ? value : null;
}
