import { hash } from 'node:crypto';
import { byRank, type ReportGroup } from '../domain/reports/query/shape.ts';

/**
 * A place in the order of groups: the rank of the last group of an answer, and how many groups of this rank stand before what follows.
 * It is short whatever the names of groups are, and has none of them in it. It holds for the question that it was made for; groups
 * that change their place between two requests may be seen twice or not at all, as in any list that is alive.
 */
interface Place {
  readonly rank: number | null;
  readonly passed: number;
}

/** Parameters that may change from answer to answer of one question. */
const changing: ReadonlySet<string> = new Set(['cursor', 'limit']);

/** What tells a question from others, whatever the order of its parameters. */
export function fingerprint(query: URLSearchParams): string {
  const pairs = [...query]
    .filter(([name]) => !changing.has(name))
    .map(([name, value]) => JSON.stringify([name, value]));
  return hash('sha256', pairs.sort().join('\n'), 'base64url').slice(0, 16);
}

/** The cursor of what follows the first `count` groups, of which there is at least one. */
export function printCursor(groups: readonly ReportGroup[], count: number, query: URLSearchParams): string {
  const rank = groups[count - 1]?.rank ?? null;
  const passed = groups.slice(0, count).filter((group) => group.rank === rank).length;
  return Buffer.from(JSON.stringify([fingerprint(query), rank, passed])).toString('base64url');
}

/** null when the text is no cursor of this question. */
export function parseCursor(text: string, query: URLSearchParams): Place | null {
  const [made, rank, passed] = listOf(Buffer.from(text, 'base64url').toString());
  if (made !== fingerprint(query) || (rank !== null && typeof rank !== 'number')) return null;
  return typeof passed === 'number' && Number.isSafeInteger(passed) && passed > 0 ? { rank, passed } : null;
}

/** The list that a cursor is made of; empty where the text is none. */
export function listOf(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    // Not JSON, so none of ours; the answer says so.
    return [];
  }
}

/** How many groups stand before a place. */
export function countBefore(groups: readonly ReportGroup[], { rank, passed }: Place): number {
  const before = groups.filter((group) => byRank(group, { rank }) < 0).length;
  const same = groups.filter((group) => group.rank === rank).length;
  return before + Math.min(passed, same);
}
