import type { Account, AccountId, Recompute } from '../store/store.ts';
import { DocumentReader, type ReaderOptions } from './document-reader.ts';

/** Reads stored documents of any account as if they came in now: what verifying and rebuilding the sums compare with. */
export function recomputeWith(options: ReaderOptions): Recompute {
  const readers = new Map<AccountId, DocumentReader>();
  const readerFor = (account: Account): DocumentReader => {
    const known = readers.get(account.accountId);
    if (known !== undefined) return known;
    const reader = new DocumentReader(account, options);
    readers.set(account.accountId, reader);
    return reader;
  };
  return (account, document, phone) => readerFor(account).contributionsOf(document, phone);
}
