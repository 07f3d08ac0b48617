import { printApplied } from '../domain/applied.ts';
import type { Contribution } from '../domain/contribution.ts';
import type { Recount } from '../domain/recount.ts';
import { type Month, type WholeRows, wholeRowsFrom } from '../domain/retention.ts';
import type { Account, AccountId } from './access-store.ts';
import type { Difference, Recompute } from './call-store.ts';
import { type Row, text } from './rows.ts';
import { StoreUnavailable } from './store.ts';
import type { ChunkSize } from './transfer-store.ts';

/** What counting documents anew has alike in both engines: for verify, for rebuild, and after a change of the time zone. */

/** A table of sums, as far as its rows go in time. */
interface Timed {
  readonly key: readonly string[];
}

/** The column by which the rows of a table go in time. */
export const timeOf = ({ key }: Timed): 'day' | 'hour' => (key.includes('hour') ? 'hour' : 'day');

/** Of whole rows, the first day or the first hour, whichever the table is kept by. */
export const firstOf = (table: Timed, { firstDay, firstHour }: WholeRows): number =>
  timeOf(table) === 'hour' ? firstHour : firstDay;

const allRows: WholeRows = { firstDay: Number.MIN_SAFE_INTEGER, firstHour: Number.MIN_SAFE_INTEGER };

/** The rows whose documents are all there: all rows, where no documents were dropped. */
export const wholeOf = (keptFrom: Month | null): WholeRows => (keptFrom === null ? allRows : wholeRowsFrom(keptFrom));

const mostExamples = 100;

/** Counts a difference, and keeps the first of them. */
export function note(report: { differences: number; readonly examples: Difference[] }, difference: Difference): void {
  report.differences += 1;
  if (report.examples.length < mostExamples) report.examples.push(difference);
}

/** By what a document is counted. */
interface Counting {
  readonly account: Account;
  readonly recompute: Recompute;
}

/** Counts a document, a row with call_id, phone, document and applied. Returns what is to be kept as applied. */
export function countDocument(recount: Recount, row: Row, counting: Counting): string {
  const oldApplied = text(row, 'applied');
  return ofDocument(row, counting, (contributions) => recount.add(contributions, oldApplied));
}

/** What a document adds, a row with call_id, phone and document. */
const appliedOf = (row: Row, counting: Counting): string => ofDocument(row, counting, printApplied);

/** Throws with the name of the call where the document cannot be read. */
function ofDocument(
  row: Row,
  { account, recompute }: Counting,
  count: (contributions: readonly Contribution[]) => string,
): string {
  try {
    return count(recompute(account, text(row, 'document'), text(row, 'phone')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`call ${text(row, 'call_id')} of account ${account.name} cannot be read: ${reason}`, {
      cause: error,
    });
  }
}

/** Documents of a step, and bytes of them unless it is one document: some hundredths of a second for which others wait. */
export const mostOfStep: ChunkSize = { documents: 500, bytes: 4_194_304 };

/** What is counted anew, and how much at a time. */
export interface RecountOf {
  readonly accountId: AccountId;
  readonly recompute: Recompute;
  readonly most?: ChunkSize | undefined;
}

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
    await new Promise(setImmediate);
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
