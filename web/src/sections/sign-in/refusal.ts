import { ApiError } from '../../api/client.ts';
import { locale } from '../../format/locale.ts';

/** Why one has not been let in, and what to do. `nowMs` is when the answer came. */
export function refusalText(error: Error, nowMs: number): string {
  if (!(error instanceof ApiError)) return error.message;
  if (error.status === 401) return 'Tool, login or password is wrong, or the login is disabled.';
  if (error.status === 429) return `Too many attempts. Try again ${whenText(error.retryAfterSeconds, nowMs)}.`;
  return error.message;
}

function whenText(seconds: number | null, nowMs: number): string {
  if (seconds === null) return 'in a few minutes';
  if (seconds < 60) return `in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
  const minutes = Math.ceil(seconds / 60);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(nowMs + seconds * 1000);
  return `in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, at ${time}`;
}
