/** A fraction of whole numbers, none of them negative, so that nothing is rounded before the end. */
export interface Ratio {
  readonly of: bigint;
  readonly by: bigint;
}

/** To 3 decimals, half away from zero, without trailing zeros; 0 where there is nothing to divide by. */
export function rounded({ of, by }: Ratio): string {
  if (by === 0n) return '0';
  const thousandths = (of * 2000n + by) / (by * 2n);
  const decimals = String(thousandths % 1000n)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return decimals === '' ? String(thousandths / 1000n) : `${thousandths / 1000n}.${decimals}`;
}
