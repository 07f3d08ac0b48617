import type { Account } from '../store/access-store.ts';
import type { Recompute } from '../store/call-store.ts';
import { DocumentReader, type ReaderOptions } from './document-reader.ts';

/** Reads stored documents of any account as if they came in now: what verifying and rebuilding the sums compare with. */
export function recomputeWith(options: ReaderOptions): Recompute {
  // By all settings that matter to a stored document: they may change.
  const readers = new Map<string, DocumentReader>();
  const readerFor = (account: Account): DocumentReader => {
    const settings = `${account.country} ${account.timeZone}`;
    const known = readers.get(settings);
    if (known !== undefined) return known;
    const reader = new DocumentReader(account, options);
    readers.set(settings, reader);
    return reader;
  };
  return (account, document, phone) => readerFor(account).contributionsOf(document, phone);
}
