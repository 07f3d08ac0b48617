import { expect, it } from 'vitest';
import { ApiError } from '../../api/client.ts';
import { refusalText } from './refusal.ts';

const nowMs = new Date(2026, 0, 15, 9, 30).getTime();

it.each([
  { error: new ApiError(401, 'x'), text: 'Tool, login or password is wrong, or the login is disabled.' },
  { error: new ApiError(429, 'x'), text: 'Too many attempts. Try again in a few minutes.' },
  { error: new ApiError(429, 'x', { retryAfterSeconds: 1 }), text: 'Too many attempts. Try again in 1 second.' },
  { error: new ApiError(429, 'x', { retryAfterSeconds: 59 }), text: 'Too many attempts. Try again in 59 seconds.' },
  { error: new ApiError(0, 'The server cannot be reached.'), text: 'The server cannot be reached.' },
])('says "$text"', ({ error, text }) => {
  expect(refusalText(error, nowMs)).toBe(text);
});

it('says at what time one may try again', () => {
  // What stands between the digits and AM differs between versions of the language data.
  expect(refusalText(new ApiError(429, 'x', { retryAfterSeconds: 700 }), nowMs)).toMatch(
    /^Too many attempts\. Try again in 12 minutes, at 0?9:41(\sAM)?\.$/u,
  );
});
