interface Time {
  readonly nowMs: number;
  /** Whether the days that are shown reach up to today or beyond. */
  readonly isOngoing: boolean;
}

/** The place of the bucket that is not over yet; those after it are still to come. null where all are over. */
export function openBucket(starts: readonly string[], { nowMs, isOngoing }: Time): number | null {
  if (!isOngoing || starts.length === 0) return null;
  const next = starts.findIndex((start) => new Date(start).getTime() > nowMs);
  return next === -1 ? starts.length - 1 : Math.max(0, next - 1);
}
