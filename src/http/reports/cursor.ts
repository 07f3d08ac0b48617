import { hash } from 'node:crypto';
import { inOrder, type ReportGroup } from '../../domain/reports/query/shape.ts';

/**
 * A place in the order of groups: that of the last group of an answer. It holds for the question that it was made for; groups that
 * change their place between two requests may be seen twice or not at all, like in any list that is alive.
 */
type Place = Pick<ReportGroup, 'rank' | 'key'>;

/** Parameters that may change from answer to answer of one question. */
const changing: ReadonlySet<string> = new Set(['cursor', 'limit']);

/** What tells a question from others, whatever the order of its parameters. */
function fingerprint(query: URLSearchParams): string {
  const pairs = [...query]
    .filter(([name]) => !changing.has(name))
    .map(([name, value]) => JSON.stringify([name, value]));
  return hash('sha256', pairs.sort().join('\n'), 'base64url').slice(0, 16);
}

export const printCursor = ({ rank, key }: Place, query: URLSearchParams): string =>
  Buffer.from(JSON.stringify([fingerprint(query), rank, key])).toString('base64url');

/** null when the text is no cursor of this question. */
export function parseCursor(text: string, query: URLSearchParams): Place | null {
  const [made, rank, key] = listOf(Buffer.from(text, 'base64url').toString());
  if (made !== fingerprint(query) || !Array.isArray(key)) return null;
  if (rank !== null && typeof rank !== 'number') return null;
  const isKey = key.every((part) => typeof part === 'string' || typeof part === 'number');
  return isKey ? { rank, key } : null;
}

function listOf(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    // Not JSON, so none of ours; the answer says so.
    return [];
  }
}

/** The groups that come after a place. */
export const groupsAfter = (groups: readonly ReportGroup[], place: Place | null): readonly ReportGroup[] =>
  place === null ? groups : groups.filter((group) => inOrder(place, group) < 0);
