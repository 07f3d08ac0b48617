import { expect } from 'vitest';
import type { Answer } from '../http/voicetrends/exchange.ts';
import { headerOf } from './ask.ts';

/** Problem details (RFC 9457), as docs/reports-api.md has them. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly parameter?: string;
}

/** The problem that an answer is, all of it in the form that the page promises. */
export function problemOf(answer: Answer): Problem {
  const shown = `${answer.status} ${answer.text.slice(0, 300)}`;
  expect(headerOf(answer, 'content-type'), shown).toMatch(/^application\/problem\+json\b/);
  const problem: Problem = JSON.parse(answer.text);
  const { parameter, ...rest } = problem;
  expect(rest, shown).toEqual({
    type: expect.stringMatching(/^\/docs\/guides\/errors#\w+$/),
    title: titles[answer.status],
    status: answer.status,
    detail: expect.stringMatching(/^\S.{10,}/su),
  });
  expect(['string', 'undefined'], shown).toContain(typeof parameter);
  return problem;
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  405: 'Method Not Allowed',
  429: 'Too Many Requests',
};

/** The name after the `#`, by which errors.md knows the error. */
export const codeOf = ({ type }: Problem): string => type.replace(/^.*#/, '');
