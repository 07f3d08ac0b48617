import { setImmediate as nextTurn } from 'node:timers/promises';
import { appliedOf, type Counting } from './recount.ts';
import { type Row, text } from './rows.ts';
import { type Account, StoreUnavailable } from './store.ts';

/** What counting anew by another time zone has alike in both engines. */

/** Documents of a step, and bytes of them unless it is one document: some hundredths of a second for which others wait. */
export const mostOfStep = { documents: 500, bytes: 4_194_304 } as const;

/** What is read in one go before others get their turn, in characters of documents. */
const charactersPerTurn = 65_536;

/** A document that counts in another way now. */
export interface Recounted {
  /** With call_id, phone, document and applied. */
  readonly row: Row;
  /** What it contributes now. */
  readonly applied: string;
}

/** Of documents, those that contribute something else than was added for them. */
export async function recountedOf(rows: readonly Row[], counting: Counting): Promise<readonly Recounted[]> {
  const recounted: Recounted[] = [];
  let characters = 0;
  for (const row of rows) {
    const applied = appliedOf(row, counting);
    if (applied !== text(row, 'applied')) recounted.push({ row, applied });
    characters += text(row, 'document').length;
    if (characters <= charactersPerTurn) continue;
    characters = 0;
    await nextTurn();
  }
  return recounted;
}

/** Why no documents can be dropped. */
export const stillRecounting = (accounts: readonly Pick<Account, 'name' | 'timeZone'>[]): StoreUnavailable =>
  new StoreUnavailable(
    `no documents can be dropped while figures are counted anew in another time zone: ${accounts
      .map(({ name, timeZone }) => `those of account ${name} in ${timeZone}`)
      .join(', ')}`,
  );
