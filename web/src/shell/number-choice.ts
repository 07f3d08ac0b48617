import type { Session } from '../../../src/wire/dashboard/session.ts';
import { matchesPhone, printPhone } from '../format/phones.ts';

type SeenNumber = Session['numbers'][number];

/** What the closed filter says. */
export function choiceText(chosen: readonly string[], total: number): string {
  const [only] = chosen;
  if (only === undefined) return `All numbers (${total.toLocaleString()})`;
  return chosen.length === 1 ? printPhone(only) : `${chosen.length.toLocaleString()} numbers`;
}

interface Asked {
  readonly chosen: readonly string[];
  readonly search: string;
  /** Options at most: a page gets slow with thousands. */
  readonly limit: number;
}

export interface NumberOptions {
  /** The chosen ones first, as the list was opened, then in order. */
  readonly options: readonly SeenNumber[];
  /** Found, but not among the options. */
  readonly more: number;
}

export function optionsOf(numbers: readonly SeenNumber[], { chosen, search, limit }: Asked): NumberOptions {
  const first = new Set(chosen);
  const found = numbers.filter(({ number }) => matchesPhone(number, search));
  const ordered = [
    ...found.filter(({ number }) => first.has(number)),
    ...found.filter(({ number }) => !first.has(number)),
  ];
  return { options: ordered.slice(0, limit), more: Math.max(0, ordered.length - limit) };
}

/** Those of the asked numbers that are not among the seen ones. Digits alone count, and a country may be left out, as the server reads them. */
export function unseenOf(asked: readonly string[], seen: readonly SeenNumber[]): readonly string[] {
  const signs = (text: string) => text.replaceAll(/[^\p{L}\d]/gu, '');
  const known = seen.map(({ number }) => signs(number));
  return asked.filter((number) => !known.some((each) => each.endsWith(signs(number))));
}

/** The list with one number more or less. */
export const toggled = (chosen: readonly string[], number: string): readonly string[] =>
  chosen.includes(number) ? chosen.filter((each) => each !== number) : [...chosen, number];
