import type { CallEvent } from '../../wire/call-document.ts';
import { printInstant } from './local-time.ts';
import type { Disposition, Row } from './row.ts';

type Transfer = Extract<CallEvent, { type: 'transfer' }>;

/**
 * The transfers out of the voice application: one for each channel that was dialled, in the order in which they began.
 * `rows` are all rows of one call, in their order.
 *
 * Several rows tell of one channel when Asterisk takes a Local channel out of the path or joins calls in one bridge, so a
 * transfer is a party B and not a row. A Local channel is none: it is Asterisk calling itself, and whom it rings has a row.
 *
 * ```
 * channel               dstchannel            billsec
 * Local/ch1@ivr-06;2    SIP/301-00000012      0         the same telephone ┐
 * SIP/211553-00000011   Local/ch1@ivr-06;1    0         Asterisk itself    ├ one transfer, 17 s, to SIP/301
 * SIP/211553-00000011   SIP/301-00000012      17        the same telephone ┘
 * ```
 *
 * Where the application answered the caller before it dialled, Asterisk counts `billsec` from that answer on and keeps no
 * other time, so there the duration holds what came before the transfer as well.
 */
export function transfers(rows: readonly Row[]): readonly Transfer[] {
  const legs = Map.groupBy(rows.filter(isDialled), (row) => row.dstchannel);
  const found = [...legs].flatMap(
    ([channel, leg]) => completedAttempt(channel, leg) ?? failedAttempt(channel, leg) ?? [],
  );
  return found
    .toSorted((a, b) => a.atMs - b.atMs)
    .map(({ atMs, transfer }) => ({ ...transfer, at: printInstant(atMs) }));
}

/** A transfer with its instant still a number. */
interface Attempt {
  readonly atMs: number;
  readonly transfer: Omit<Transfer, 'at'>;
}

const isDialled = ({ lastapp, dstchannel }: Row) =>
  (lastapp === 'Dial' || lastapp === 'Queue') && dstchannel !== '' && !dstchannel.startsWith('Local/');

/** Null when nobody talked for a whole second. */
function completedAttempt(channel: string, leg: readonly Row[]): Attempt | null {
  const talks = leg
    .filter((row) => row.disposition === 'ANSWERED' && row.billableSeconds > 0)
    .map(talkOf)
    .toSorted((a, b) => a.fromMs - b.fromMs);
  const [first] = talks;
  if (first === undefined) return null;
  const to = deviceOf(channel);
  return { atMs: first.fromMs, transfer: { type: 'transfer', duration_ms: coveredMs(talks), to, result: 'completed' } };
}

const results: { readonly [D in Disposition]?: 'busy' | 'noanswer' | 'failed' } = {
  BUSY: 'busy',
  'NO ANSWER': 'noanswer',
  CONGESTION: 'failed',
  FAILED: 'failed',
};

/** Null when no row names an outcome: an `ANSWERED` of no whole second is neither a success nor a failure. */
function failedAttempt(channel: string, leg: readonly Row[]): Attempt | null {
  const last = leg.findLast((row) => results[row.disposition] !== undefined);
  const result = last && results[last.disposition];
  if (last === undefined || result === undefined) return null;
  return { atMs: last.startMs, transfer: { type: 'transfer', to: deviceOf(channel), result } };
}

interface Talk {
  readonly fromMs: number;
  readonly toMs: number;
}

function talkOf({ answerMs, endMs, billableSeconds }: Row): Talk {
  const fromMs = answerMs ?? endMs - billableSeconds * 1000;
  return { fromMs, toMs: fromMs + billableSeconds * 1000 };
}

/** The time that lies in at least one of the talks, given by their beginnings: they may follow each other or overlap. */
function coveredMs(talks: readonly Talk[]): number {
  let sumMs = 0;
  let untilMs = Number.NEGATIVE_INFINITY;
  for (const { fromMs, toMs } of talks) {
    sumMs += Math.max(0, toMs - Math.max(fromMs, untilMs));
    untilMs = Math.max(untilMs, toMs);
  }
  return sumMs;
}

/** `SIP/301-00000012` → `SIP/301`: a channel is named for its device and a number of its own. */
const deviceOf = (channel: string) => channel.replace(/-[0-9a-f]+$/i, '');
