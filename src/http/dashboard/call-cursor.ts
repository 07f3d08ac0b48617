import { fingerprint, listOf } from '../report-cursor.ts';
import type { Place } from './call-search.ts';

/** The cursor of what follows a call; it holds for the question that it was made for. */
export const printPlace = ({ startedAtMs, callId }: Place, query: URLSearchParams): string =>
  Buffer.from(JSON.stringify([fingerprint(query), startedAtMs, callId])).toString('base64url');

/** null when the text is no cursor of this question. */
export function parsePlace(text: string, query: URLSearchParams): Place | null {
  const [made, startedAtMs, callId] = listOf(Buffer.from(text, 'base64url').toString());
  if (made !== fingerprint(query) || !Number.isSafeInteger(startedAtMs)) return null;
  return typeof callId === 'string' ? { startedAtMs: Number(startedAtMs), callId } : null;
}
