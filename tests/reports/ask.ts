import { expect } from 'vitest';
import type { Answer } from '../http/voicetrends/exchange.ts';
import type { Owner } from '../http/voicetrends/owner.ts';
import type { Report, Row } from './report-model.ts';

/** Questions put to a server, and what came back. */

export type Ask = Owner['ask'];

export const headerOf = ({ headers }: Answer, name: string): string | null =>
  Object.entries(headers).find(([other]) => other.toLowerCase() === name)?.[1] ?? null;

/** The answer in JSON to a question that must have one. */
export async function reportIn(ask: Ask, path: string): Promise<Report> {
  const answer = await ask(path);
  if (answer.status !== 200) throw new Error(`${answer.status} to ${path}: ${answer.text}`);
  expect(headerOf(answer, 'content-type')).toMatch(/^application\/json\b/);
  const report: Report = JSON.parse(answer.text);
  expect(linkOf(answer) === null).toBe(report.next === null);
  return report;
}

/** The address of `rel="next"`, as it is to be asked for. */
export function linkOf(answer: Answer): string | null {
  const link = headerOf(answer, 'link');
  if (link === null) return null;
  const [, address] = /^<([^>]+)>;\s*rel="?next"?$/.exec(link) ?? [];
  if (address === undefined) throw new Error(`no address of the next answer in ${link}`);
  const { pathname, search } = new URL(address, 'http://127.0.0.1/api/v2/report');
  return `${pathname}${search}`;
}

/** Answers from this one on to the last, each found by `next` of the one before. */
export async function pagesFrom(ask: Ask, path: string): Promise<readonly Report[]> {
  const pages: Report[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Report = await reportIn(ask, cursor === '' ? path : `${path}&cursor=${encodeURIComponent(cursor)}`);
    pages.push(page);
    if (pages.length > 400) throw new Error(`no end of pages of ${path}`);
    cursor = page.next;
  }
  return pages;
}

export interface Table {
  readonly type: string;
  readonly text: string;
}

export async function textIn(ask: Ask, path: string, accept: string): Promise<Table> {
  const answer = await ask(path, { headers: { accept } });
  expect({ path, status: answer.status }).toEqual({ path, status: 200 });
  return { type: headerOf(answer, 'content-type') ?? '', text: answer.text };
}

/** The names over rows in CSV. */
export const namesOf = ({ by, metrics, previous }: Report, columns: readonly string[]): readonly string[] => [
  'start',
  ...(by === null ? [] : columns),
  ...metrics,
  ...(previous === null ? [] : metrics.map((metric) => `previous.${metric}`)),
];

/** A row as it must be in CSV. */
export const lineOf = (row: Row): readonly string[] =>
  Object.values(row).flatMap((value) => (isRow(value) ? lineOf(value) : [value === null ? '' : String(value)]));

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null;
