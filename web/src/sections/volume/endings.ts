import { figureOf, previousOf, type ReportRow, textOf } from '../../api/rows.ts';

/** How many calls ended in one way. */
export interface Ending {
  /** Reason of the end, as call documents have it. */
  readonly reason: string;
  readonly label: string;
  readonly calls: number;
  readonly previous: number | null;
}

const labels: Readonly<Record<string, string>> = {
  caller_hangup: 'Caller hung up',
  application_hangup: 'Application hung up',
  transfer: 'Transferred',
  error: 'Error',
  timeout: 'Timeout',
  unknown: 'Unknown',
};

/** Calls by how they ended, the most first: the sum of the moves from form items, and from the start, to each end. */
export function endingsOf(links: readonly ReportRow[]): readonly Ending[] {
  const ends = new Map<string, Ending>();
  for (const link of links) {
    if (textOf(link, 'to_page') !== '' || textOf(link, 'to_form') !== '') continue;
    const reason = textOf(link, 'to_item');
    const before = ends.get(reason);
    const previous = previousOf(link, 'moves');
    ends.set(reason, {
      reason,
      label: labels[reason] ?? reason,
      calls: (before?.calls ?? 0) + (figureOf(link, 'moves') ?? 0),
      previous: previous === null ? null : (before?.previous ?? 0) + previous,
    });
  }
  return [...ends.values()].sort((one, other) => other.calls - one.calls || (one.reason < other.reason ? -1 : 1));
}
