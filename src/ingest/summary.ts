import type { RecordOutcome } from '../store/call-store.ts';
import type { IngestAnswer, RejectedDocument } from '../wire/ingest-answer.ts';

/** What became of the documents of a request, or of a part of one. */
export type Summary = IngestAnswer;

/** A stream may be without end, and so may its rejects; each is kept by the store all the same. */
export const mostListed = 10_000;

export const emptySummary = (): Summary => ({ stored: 0, replaced: 0, unchanged: 0, stale: 0, rejected: [] });

export function countOutcome(summary: Summary, outcome: Exclude<RecordOutcome, 'unknownNumber' | 'tooOld'>): void {
  summary[outcome] += 1;
}

export function countRejected(summary: Summary, rejected: RejectedDocument): void {
  if (summary.rejected.length < mostListed) summary.rejected.push(rejected);
  else summary.rejected_more = (summary.rejected_more ?? 0) + 1;
}

export const rejectedCount = (summary: Summary): number => summary.rejected.length + (summary.rejected_more ?? 0);

export const takenCount = ({ stored, replaced, unchanged, stale }: Summary): number =>
  stored + replaced + unchanged + stale;

/** Adds the counts of a later part; `offset` is how many documents stood before the part. */
export function addSummary(summary: Summary, part: Summary, offset: number): void {
  for (const outcome of ['stored', 'replaced', 'unchanged', 'stale'] as const) summary[outcome] += part[outcome];
  for (const rejected of part.rejected) countRejected(summary, { ...rejected, index: rejected.index + offset });
  if (part.rejected_more !== undefined) summary.rejected_more = (summary.rejected_more ?? 0) + part.rejected_more;
}

/** Reads a summary that was printed as JSON by us. */
export function parseSummary(text: string): Summary {
  const summary: Summary = JSON.parse(text);
  return summary;
}
