import { expect, it } from 'vitest';
import { BoundedCache } from './bounded-cache.ts';

it('never holds more than its capacity', () => {
  const cache = new BoundedCache<number>(10);
  for (let i = 0; i < 1_000; i += 1) {
    cache.set(`k${i}`, i);
    cache.get(`k${i - 7}`);
    expect(cache.size).toBeLessThanOrEqual(10);
  }
});

it('keeps what is in use and forgets what is not', () => {
  const cache = new BoundedCache<string>(4);
  cache.set('used', 'here');
  cache.set('unused', 'gone');
  for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) {
    cache.set(key, key);
    cache.get('used');
  }
  expect([cache.get('used'), cache.get('unused'), cache.get('f')]).toEqual(['here', undefined, 'f']);
});

it('gives the value that was set last', () => {
  const cache = new BoundedCache<number>(4);
  cache.set('a', 1);
  cache.set('a', 2);
  expect(cache.get('a')).toBe(2);
});
