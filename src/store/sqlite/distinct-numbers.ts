/**
 * How many different numbers the lists hold: a hash table with open addressing in one typed array, which takes a few nanoseconds
 * a number where a `Set` takes a hundred. The numbers are integers, and none is NaN.
 */
export function countDistinct(lists: readonly Float64Array[]): number {
  const total = lists.reduce((sum, { length }) => sum + length, 0);
  // A power of two, and at least half of it stays empty, so that a search ends after a step or two.
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, 2 * total)));
  const slots = new Float64Array(size);
  let distinct = 0;
  for (const list of lists) {
    for (const number of list) {
      // An empty slot is 0; all that is not negative is shifted out of its way.
      const key = number < 0 ? number : number + 1;
      let slot = hashOf(key) & (size - 1);
      while (slots[slot] !== 0 && slots[slot] !== key) slot = (slot + 1) & (size - 1);
      if (slots[slot] === key) continue;
      slots[slot] = key;
      distinct += 1;
    }
  }
  return distinct;
}

const low = 4_294_967_296;

/** Mixes both halves of an integer of up to 53 bits (multipliers of MurmurHash3's finalizer). */
function hashOf(key: number): number {
  const mixed = Math.imul((key % low) | 0, 0x85ebca6b) ^ Math.imul((key / low) | 0, 0xc2b2ae35);
  return mixed ^ (mixed >>> 15);
}
