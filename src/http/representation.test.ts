import { expect, it } from 'vitest';
import { encodingFor } from './representation.ts';

it.each([
  { given: undefined, want: 'identity' },
  { given: '', want: 'identity' },
  { given: 'gzip, deflate, br, zstd', want: 'br' },
  { given: 'gzip', want: 'gzip' },
  { given: 'GZIP;q=0.5', want: 'gzip' },
  { given: 'br;q=0, gzip', want: 'gzip' },
  { given: '*', want: 'br' },
  { given: '*;q=0', want: 'identity' },
  { given: 'deflate', want: 'identity' },
])('answers Accept-Encoding: $given with $want', ({ given, want }) => {
  expect(encodingFor(given)).toBe(want);
});
