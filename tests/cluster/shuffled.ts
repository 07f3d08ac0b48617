/** In another order, the same for the same random numbers (Fisher–Yates). */
export function shuffled<T>(list: readonly T[], random: (limit: number) => number): readonly T[] {
  const left = [...list];
  return list.flatMap(() => left.splice(random(left.length), 1));
}
