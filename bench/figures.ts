/** The middle value; of an even number of them, the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError('there is no median of nothing');
  return (lower + upper) / 2;
}

/** What a process has done in one round. */
export interface Work {
  /** Requests or documents. */
  readonly count: number;
  readonly elapsedMs: number;
  /** CPU time that the process used for it; null where the system does not tell. */
  readonly cpuMs: number | null;
}

/** Ours and the other measured one right after the other, so that a busy machine is unfair to neither. */
export interface Round {
  readonly ours: Work;
  readonly other: Work;
}

export interface Side {
  /** Median of the rounds. */
  readonly perSecond: number;
  /** CPU time for one, in microseconds, over all rounds. */
  readonly cpuMicros: number | null;
}

export interface Comparison {
  readonly ours: Side;
  readonly other: Side;
  /** Of the medians. */
  readonly ratio: number;
  /** Of single rounds: how far they can be trusted. */
  readonly lowestRatio: number;
  readonly highestRatio: number;
}

export function compare(rounds: readonly Round[]): Comparison {
  const ours = sideOf(rounds.map((round) => round.ours));
  const other = sideOf(rounds.map((round) => round.other));
  const ratios = rounds.map((round) => perSecond(round.ours) / perSecond(round.other));
  return {
    ours,
    other,
    ratio: ours.perSecond / other.perSecond,
    lowestRatio: Math.min(...ratios),
    highestRatio: Math.max(...ratios),
  };
}

const perSecond = ({ count, elapsedMs }: Work): number => (count * 1000) / elapsedMs;

function sideOf(works: readonly Work[]): Side {
  const count = works.reduce((sum, work) => sum + work.count, 0);
  const cpuMs = works.reduce<number | null>((sum, work) => addKnown(sum, work.cpuMs), 0);
  return {
    perSecond: median(works.map(perSecond)),
    cpuMicros: cpuMs === null ? null : (cpuMs * 1000) / count,
  };
}

/** null where one of them is not known. */
export const addKnown = (left: number | null, right: number | null): number | null =>
  left === null || right === null ? null : left + right;

/** Runs the rounds one after the other. The first of them only warms up. */
export async function runRounds(count: number, round: (index: number) => Promise<Round>): Promise<readonly Round[]> {
  const rounds: Round[] = [];
  for (let index = 0; index <= count; index += 1) rounds.push(await round(index));
  return rounds.slice(1);
}
