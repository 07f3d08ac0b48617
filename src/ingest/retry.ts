import { failed, ok, type Result } from '../domain/result.ts';
import type { Reject, RejectStore, Unavailable } from '../store/call-store.ts';
import type { Store } from '../store/store.ts';
import type { RejectedDocument } from '../wire/ingest-answer.ts';
import type { Intake } from './intake.ts';
import { decodeUtf8 } from './lines.ts';

export const takenOutcomes = ['stored', 'replaced', 'unchanged', 'stale'] as const;

/** What became of a document that was taken in again. */
export type Retried =
  /** It has left the quarantine; `dropped` is how many were there to leave it. */
  | {
      readonly kind: 'taken';
      readonly callId: string;
      readonly outcome: (typeof takenOutcomes)[number];
      readonly dropped: number;
    }
  /** Its call was sent again since, and taken: it would replace the newer one, for nothing in it says which is newer. */
  | { readonly kind: 'outdated' }
  | { readonly kind: 'rejected'; readonly reason: Pick<RejectedDocument, 'path' | 'error'> };

export interface Retrying {
  readonly store: Pick<Store, 'calls'> & { readonly rejects: Pick<RejectStore, 'drop'> };
  readonly intake: Intake;
}

/**
 * Takes a document of the quarantine in as if it were sent now, or another text in its place. What is taken leaves the quarantine;
 * what is not stays, and a text that is wrong in itself is kept nowhere.
 */
export async function retryReject(
  { rejectId, account, sender, document, lastAtMs }: Reject,
  corrected: string | null,
  { store, intake }: Retrying,
): Promise<Result<Retried, Unavailable>> {
  const sent = corrected ?? decodeUtf8(document) ?? document;
  const read = intake.readerFor(account).read(sent);
  if (read.kind === 'reject' && corrected !== null) return ok({ kind: 'rejected', reason: read.reject });
  if (read.kind === 'call') {
    const stored = await store.calls.find(account.accountId, read.call.callId);
    const isOutdated = stored !== null && stored.storedAtMs > lastAtMs && stored.revision >= read.call.revision;
    if (isOutdated) return ok({ kind: 'outdated' });
  }
  const summary = await intake.takeStream(once(sent), { account, sender });
  if (!summary.ok) return failed(summary.error);
  const [reason] = summary.value.rejected;
  if (reason !== undefined) return ok({ kind: 'rejected', reason });
  const outcome = takenOutcomes.find((each) => summary.value[each] > 0);
  if (outcome === undefined || read.kind === 'reject') throw new Error('a document was neither taken nor rejected');
  return ok({ kind: 'taken', callId: read.call.callId, outcome, dropped: await store.rejects.drop([rejectId]) });
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}
