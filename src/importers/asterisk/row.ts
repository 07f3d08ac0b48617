import { failed, ok, type Result } from '../../domain/result.ts';
import { type CsvRecord, readRecords } from './csv.ts';
import { type LocalTimes, parseLocalTime, resolveTimes } from './local-time.ts';
import { type Problem, quoted } from './problem.ts';

/** From the best that a call can reach to the worst. `UNKNOWN` is what Asterisk prints for one that it has no name for. */
export const dispositions = ['ANSWERED', 'BUSY', 'NO ANSWER', 'CONGESTION', 'FAILED', 'UNKNOWN'] as const;
export type Disposition = (typeof dispositions)[number];

/**
 * One call detail record: what one channel (party A) did, alone or with one other channel (party B).
 * The names are Asterisk's own; what no document is made from is left out, `clid` and `userfield` among it.
 */
export interface Row {
  readonly line: number;
  readonly accountcode: string;
  readonly src: string;
  readonly dst: string;
  readonly dcontext: string;
  /** Party B; empty when there is none. */
  readonly dstchannel: string;
  readonly lastapp: string;
  readonly startMs: number;
  readonly answerMs: number | null;
  readonly endMs: number;
  readonly billableSeconds: number;
  readonly disposition: Disposition;
  /** Of party A's channel: its rows share it. */
  readonly uniqueid: string;
  /** What the rows of a call share: `linkedid`, or `uniqueid` in a file without it. */
  readonly callId: string;
  /** Grows with each record that Asterisk begins; null in a file without it. */
  readonly sequence: number | null;
}

const base = [
  ...['accountcode', 'src', 'dst', 'dcontext', 'clid', 'channel', 'dstchannel', 'lastapp', 'lastdata'],
  ...['start', 'answer', 'end', 'duration', 'billsec', 'disposition', 'amaflags', 'uniqueid'],
] as const;
const since18 = ['peeraccount', 'linkedid', 'sequence'] as const;
type Column = (typeof base)[number] | 'userfield' | (typeof since18)[number];

/** By number of columns: `loguserfield` adds one, `newcdrcolumns` three (section [csv] of cdr.conf; the order is cdr_csv.c's). */
const layouts: ReadonlyMap<number, readonly Column[]> = new Map<number, readonly Column[]>([
  [17, base],
  [18, [...base, 'userfield']],
  [20, [...base, ...since18]],
  [21, [...base, 'userfield', ...since18]],
]);

type Text = (column: Column) => string;

/** What a column should hold and does not. */
interface Misfit {
  readonly field: Column;
  readonly expected: string;
}

/**
 * Reads the rows of a Master.csv as its text comes. `zone` is the IANA name of the zone in which the server wrote its times:
 * its own, or UTC where cdr.conf says `usegmtime=yes`.
 */
export async function* readRows(text: AsyncIterable<string>, zone: string): AsyncIterable<Result<Row, Problem>> {
  for await (const record of readRecords(text)) yield record.ok ? parseRow(record.value, zone) : record;
}

function parseRow({ line, fields }: CsvRecord, zone: string): Result<Row, Problem> {
  const layout = layouts.get(fields.length);
  if (layout === undefined) return failed({ line, field: 'row', error: layoutError(fields.length) });
  const text: Text = (column) => fields[layout.indexOf(column)] ?? '';
  const row = parseColumns(line, text, zone);
  if (row.ok) return row;
  const { field, expected } = row.error;
  return failed({ line, field, error: `got ${quoted(text(field))}, expected ${expected}` });
}

const layoutError = (count: number) =>
  `got ${count} columns, expected ${[...layouts.keys()].join(', ')}: remove the row if it is cut off; ` +
  'fewer columns in every row: set loguniqueid=yes in section [csv] of cdr.conf';

function parseColumns(line: number, text: Text, zone: string): Result<Row, Misfit> {
  const ids = parseIds(text);
  if (!ids.ok) return ids;
  const times = parseTimes(text);
  if (!times.ok) return times;
  const instants = resolveTimes({ ...times.value, uniqueid: ids.value.uniqueid }, zone);
  if (instants.endMs < instants.startMs) return misfit('end', `a time that is not before start, ${text('start')}`);
  const disposition = dispositions.find((known) => known === text('disposition'));
  if (disposition === undefined) return misfit('disposition', `one of ${dispositions.join(', ')}`);
  const [accountcode, src, dst] = [text('accountcode'), text('src'), text('dst')];
  const [dcontext, dstchannel, lastapp] = [text('dcontext'), text('dstchannel'), text('lastapp')];
  const { billableSeconds } = times.value;
  const copied = { accountcode, src, dst, dcontext, dstchannel, lastapp };
  return ok({ line, ...copied, ...instants, billableSeconds, disposition, ...ids.value });
}

function parseIds(text: Text): Result<Pick<Row, 'uniqueid' | 'callId' | 'sequence'>, Misfit> {
  const uniqueid = text('uniqueid');
  if (uniqueid === '') return misfit('uniqueid', 'an id: set loguniqueid=yes in section [csv] of cdr.conf');
  const linkedid = text('linkedid');
  // The inner half of a channel that Asterisk made to call itself would pass for a call of its own.
  if (linkedid === '' && /^Local\/.*;2$/s.test(text('channel'))) {
    return misfit('channel', "a caller's, as linkedid is absent: set newcdrcolumns=yes in section [csv] of cdr.conf");
  }
  const sequence = parseCount(text('sequence'));
  if (sequence === null && text('sequence') !== '') return misfit('sequence', 'a whole number or nothing');
  return ok({ uniqueid, callId: linkedid === '' ? uniqueid : linkedid, sequence });
}

function parseTimes(text: Text): Result<Omit<LocalTimes, 'uniqueid'>, Misfit> {
  const start = parseLocalTime(text('start'));
  if (start === null) return misfit('start', time);
  const answer = parseLocalTime(text('answer'));
  if (answer === null && text('answer') !== '') return misfit('answer', `${time}, or nothing`);
  const end = parseLocalTime(text('end'));
  if (end === null) return misfit('end', time);
  const durationSeconds = parseCount(text('duration'));
  if (durationSeconds === null) return misfit('duration', 'whole seconds');
  const billableSeconds = parseCount(text('billsec'));
  if (billableSeconds === null) return misfit('billsec', 'whole seconds');
  return ok({ start, answer, end, durationSeconds, billableSeconds });
}

const time = 'a time like 2024-01-27 15:07:24';

const misfit = (field: Column, expected: string) => failed({ field, expected });

/** At most ten digits, as many as an `int` of Asterisk's has. */
const parseCount = (text: string) => (/^\d{1,10}$/.test(text) ? Number(text) : null);
