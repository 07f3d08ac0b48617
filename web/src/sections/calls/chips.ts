import { shortApplication } from '../../format/applications.ts';
import { printFigure } from '../../format/numbers.ts';
import { printPhone } from '../../format/phones.ts';
import { printRegion } from '../../format/regions.ts';
import { printInstant } from '../../format/times.ts';
import { outcomeTexts, visitTexts } from './outcome-texts.ts';
import type { CallSearch, SearchName } from './search.ts';

/** One condition of a search in words, and the parameters that go when it is taken away. */
export interface Chip {
  readonly text: string;
  readonly names: readonly SearchName[];
}

const errorTexts: Readonly<Record<string, string>> = { any: 'error', js: 'script error', fetch: 'fetch error' };

/** The conditions of a search. A page belongs to what is said of it, and goes with the last thing that is. */
export function chipsOf(search: CallSearch, timeZone: string): readonly Chip[] {
  const ofPage = pageChips(search);
  const ofCall = callChips(search, timeZone);
  if (search.page === undefined) return [...ofCall, ...ofPage];
  const isAlone = ofPage.length === 1;
  return [...ofCall, ...ofPage.map(({ text, names }): Chip => ({ text, names: isAlone ? [...names, 'page'] : names }))];
}

function callChips(search: CallSearch, timeZone: string): readonly Chip[] {
  const { id, caller, application, outcome, region, from, until } = search;
  const chip = (name: SearchName, value: string | undefined, print: (value: string) => string): readonly Chip[] =>
    value === undefined ? [] : [{ text: print(value), names: [name] }];
  return [
    ...chip('id', id, (value) => `id ${value}…`),
    ...chip('caller', caller, (value) => `caller ${printPhone(value)}`),
    ...chip('application', application, (value) => `application ${shortApplication(value)}`),
    ...chip('outcome', outcome, (value) => (outcomeTexts[value] ?? value).toLowerCase()),
    ...chip('region', region, (value) => `from ${printRegion(value)}`),
    ...chip('from', from, (value) => `started at ${printTime(value, timeZone)} or later`),
    ...chip('until', until, (value) => `started before ${printTime(value, timeZone)}`),
  ];
}

const printTime = (instant: string, timeZone: string): string =>
  Number.isNaN(Date.parse(instant)) ? instant : printInstant(instant, timeZone);

/** Without the name of the page itself, which all of them share. */
function pageChips(search: CallSearch): readonly Chip[] {
  const { page, error, slower_than: slowerThan } = search;
  const on = page === undefined ? '' : ` on ${page}`;
  const chips: Chip[] = [...visitChips(search)];
  if (error !== undefined) chips.push({ text: `${errorTexts[error] ?? error}${on}`, names: ['error'] });
  if (slowerThan !== undefined) {
    const seconds = Number.isNaN(Number(slowerThan)) ? slowerThan : printFigure(Number(slowerThan), 'seconds');
    chips.push({ text: `${page ?? 'a page'} took longer than ${seconds}`, names: ['slower_than'] });
  }
  if (chips.length === 0 && page !== undefined) chips.push({ text: `page ${page}`, names: [] });
  return chips;
}

function visitChips(search: CallSearch): readonly Chip[] {
  const { form, item, item_outcome: outcome, to_page: toPage, to_form: toForm, to_item: toItem } = search;
  const ended = outcome === undefined ? '' : `: ${visitTexts[outcome] ?? outcome}`;
  const from = placeOf(search);
  if (toPage !== undefined || toForm !== undefined || toItem !== undefined) {
    const isEnd = toPage === undefined && toForm === undefined;
    const to = isEnd
      ? `the end (${(outcomeTexts[toItem ?? ''] ?? toItem ?? '').toLowerCase()})`
      : placeOf({ page: toPage, form: toForm, item: toItem });
    const isStart = search.page === undefined && form === undefined && item === 'start';
    const moved: Chip = {
      text: `moved from ${isStart ? 'the start' : from} to ${to}`,
      names: ['form', 'item', 'to_page', 'to_form', 'to_item'],
    };
    return outcome === undefined ? [moved] : [moved, { text: `visit${ended}`, names: ['item_outcome'] }];
  }
  if (form !== undefined || item !== undefined) {
    return [{ text: `visit of ${from}${ended}`, names: ['form', 'item', 'item_outcome'] }];
  }
  return outcome === undefined
    ? []
    : [{ text: `visit${search.page === undefined ? '' : ` on ${search.page}`}${ended}`, names: ['item_outcome'] }];
}

interface Place {
  readonly page?: string | undefined;
  readonly form?: string | undefined;
  readonly item?: string | undefined;
}

/** `main / choice on start.php` */
function placeOf({ page, form, item }: Place): string {
  const name = [form, item].filter((part) => part !== undefined).join(' / ');
  if (name === '') return page ?? 'any form item';
  return page === undefined ? name : `${name} on ${page}`;
}
