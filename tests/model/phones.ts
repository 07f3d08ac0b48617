/** Numbers of the accounts, and what people write for them: by country of the account. */

export const countries = ['US', 'GB'] as const;
export type Country = (typeof countries)[number];

/** Ways to write one number in an account of a country; the first is how the product keeps it. */
export type Spellings = Readonly<Record<Country, readonly [string, ...string[]]>>;

export const phones: readonly Spellings[] = [
  { US: ['+16173990000', '6173990000', '(617) 399-0000', '16173990000'], GB: ['+16173990000', '+1 617 399 0000'] },
  { US: ['+12127365000', '212-736-5000', '+1 (212) 736-5000'], GB: ['+12127365000'] },
  { US: ['+442072193000', '+44 20 7219 3000'], GB: ['+442072193000', '020 7219 3000', '02072193000'] },
  { US: ['301'], GB: ['301'] },
];

/** One of the spellings, whichever `choice` falls on. */
export function spelled(spellings: Spellings | undefined, country: Country, choice: number): string {
  const ways = spellings?.[country] ?? [];
  return ways[choice % ways.length] ?? '';
}
