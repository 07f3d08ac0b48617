import { failed, ok, type Result } from '../../domain/result.ts';
import type { CallDocument } from '../../wire/call-document.ts';
import { printInstant } from './local-time.ts';
import { type Problem, quoted } from './problem.ts';
import { dispositions, type Row } from './row.ts';
import { transfers } from './transfers.ts';

export interface CallDocumentOptions {
  /** Name of the voice application of all calls; otherwise each call's own dialplan context. */
  readonly application?: string;
  /** Of all calls, as a CDR does not tell. Outbound, the account's number is the one that was shown: `src`. */
  readonly direction?: 'inbound' | 'outbound';
}

/**
 * Joins rows to calls, one document each. Problems come as they are met, documents after the last row, in the order in which
 * their calls appear in the file.
 *
 * A call's rows are written one by one as its channels hang up, hours apart if need be, with other calls' rows between; only
 * the end of the file tells that no more will come. So the rows of the whole file are held in memory, which is exact and simple,
 * and takes a small multiple of the file's size; a file too large for that is to be cut where no call is up.
 *
 * `revision` is the number of the call's rows. A Master.csv only grows, so a later copy of it knows a call by the same rows or
 * by more: importing it again replaces what was known by equal or better knowledge, and an older copy is stale and changes
 * nothing. It cannot join a call that a log rotation parted; such files are to be imported as one.
 */
export async function* callDocuments(
  rows: AsyncIterable<Result<Row, Problem>>,
  options: CallDocumentOptions = {},
): AsyncIterable<Result<CallDocument, Problem>> {
  const calls = new Map<string, Row[]>();
  for await (const row of rows) {
    if (!row.ok) {
      yield row;
      continue;
    }
    const known = calls.get(row.value.callId);
    if (known === undefined) calls.set(row.value.callId, [row.value]);
    else known.push(row.value);
  }
  for (const call of calls.values()) yield callDocument(distinct(call).toSorted(bySequence), options);
}

/** `rows` are all rows of one call, in their order. */
function callDocument(rows: readonly Row[], options: CallDocumentOptions): Result<CallDocument, Problem> {
  const { application, direction = 'inbound' } = options;
  const main = mainRow(rows);
  const [own, other] = direction === 'inbound' ? (['dst', 'src'] as const) : (['src', 'dst'] as const);
  const phone = [main, ...rows].map((row) => row[own]).find(isNumber);
  if (phone === undefined) return failed({ line: main.line, field: own, error: phoneError(main, own) });
  const ofMainChannel = rows.filter((row) => row.uniqueid === main.uniqueid);
  return ok({
    id: main.callId,
    phone,
    caller: isWithheld(main[other]) ? null : main[other],
    direction,
    application: application ?? (main.dcontext || 'asterisk'),
    started_at: printInstant(rows.reduce((leastMs, row) => Math.min(leastMs, row.startMs), main.startMs)),
    ended_at: printInstant(rows.reduce((greatestMs, row) => Math.max(greatestMs, row.endMs), main.endMs)),
    end_reason: endReason(ofMainChannel),
    revision: rows.length,
    events: transfers(rows),
    labels: labels(main, ofMainChannel),
  });
}

/** Each row once: of files that overlap, the same row comes twice and tells nothing new. */
function distinct(rows: readonly Row[]): readonly Row[] {
  return [...new Map(rows.map((row) => [JSON.stringify({ ...row, line: 0 }), row])).values()];
}

/** The order in which Asterisk began the rows; where the file has no sequence, the order of their starts. */
const bySequence = (a: Row, b: Row) =>
  compare(a.sequence ?? Number.POSITIVE_INFINITY, b.sequence ?? Number.POSITIVE_INFINITY) ||
  compare(a.startMs, b.startMs);

const compare = (a: number, b: number) => Number(a > b) - Number(a < b);

/** The row that says what was dialled: the first of the channel that the call is named for, or else the first of the call. */
function mainRow(rows: readonly Row[]): Row {
  const main = rows.find((row) => row.uniqueid === row.callId) ?? rows[0];
  if (main === undefined) throw new Error('a call without rows');
  return main;
}

/** `s`, `h`, `ch1` and the like are names within a dialplan; a number has a digit and no letter (`+14155550100`, `*98`). */
const isNumber = (text: string) => /^[^\p{L}]*\d[^\p{L}]*$/u.test(text);

const phoneError = (row: Row, field: 'dst' | 'src') =>
  `got ${quoted(row[field])} and no number in another row of call ${quoted(row.callId)}, ` +
  `expected the account's number: write it into ${field} of this row`;

const withheld = ['', 'anonymous', 'restricted', 'unavailable', 'private'];
const isWithheld = (number: string) => withheld.includes(number.trim().toLowerCase());

/**
 * A CDR does not hold who hung up, so nearly always `unknown`. What it does tell, of the channel that the call came in on:
 * that Asterisk could put none of its attempts through (`FAILED`, `CONGESTION` in each row), and that the last application
 * was `Hangup`; except in extension `h`, which runs after the call was hung up.
 */
function endReason(rows: readonly Row[]): 'application_hangup' | 'error' | 'unknown' {
  if (rows.every(({ disposition }) => disposition === 'FAILED' || disposition === 'CONGESTION')) return 'error';
  const last = rows.toSorted((a, b) => compare(a.endMs, b.endMs)).at(-1);
  return last?.lastapp === 'Hangup' && last.dst !== 'h' ? 'application_hangup' : 'unknown';
}

/** `disposition` is the best that a row of the channel reached, in the order of {@link dispositions}. */
function labels(main: Row, ofMainChannel: readonly Row[]): Record<string, string> {
  const disposition = dispositions.find((known) => ofMainChannel.some((row) => row.disposition === known)) ?? 'UNKNOWN';
  const accountcode = main.accountcode.slice(0, longestLabel).toWellFormed();
  return accountcode === '' ? { disposition } : { disposition, accountcode };
}

const longestLabel = 256;
