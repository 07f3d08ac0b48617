import type { Slice } from './figures.ts';
import type { Breakdown } from './kept.ts';
import type { Moment } from './moments.ts';

/** What the groups of a breakdown are called in a row, in this order. */
export const groupColumns: Readonly<Record<Breakdown, readonly string[]>> = {
  number: ['number'],
  application: ['application'],
  page: ['application', 'page'],
  form_item: ['application', 'page', 'form', 'item'],
  link: ['application', 'from_page', 'from_form', 'from_item', 'to_page', 'to_form', 'to_item'],
  region: ['region'],
  hour_of_week: ['weekday', 'hour'],
};

export type Name = readonly (string | number)[];

export interface Group {
  readonly name: Name;
  readonly slices: readonly Slice[];
}

/** Slices parted by what they belong to; what belongs to nothing is left out. */
export function groupsOf(slices: readonly Slice[], by: Breakdown | null): readonly Group[] {
  const groups = new Map<string, { name: Name; slices: Slice[] }>();
  if (by === null) groups.set('[]', { name: [], slices: [] });
  if (by === 'hour_of_week') for (const name of hoursOfWeek) groups.set(JSON.stringify(name), { name, slices: [] });
  for (const { name, slice } of slices.flatMap((slice) => parted(slice, by))) {
    const key = JSON.stringify(name);
    const group = groups.get(key) ?? { name, slices: [] };
    group.slices.push(slice);
    groups.set(key, group);
  }
  return [...groups.values()];
}

export const hoursOfWeek: readonly Name[] = Array.from({ length: 168 }, (_, index) => [
  Math.floor(index / 24) + 1,
  index % 24,
]);

function parted(slice: Slice, by: Breakdown | null): readonly { readonly name: Name; readonly slice: Slice }[] {
  const { call, moments } = slice;
  const { application } = call.document;
  switch (by) {
    case null:
      return [{ name: [], slice }];
    case 'number':
      return [{ name: [call.number], slice }];
    case 'application':
      return [{ name: [application], slice }];
    case 'region':
      return call.region === null ? [] : [{ name: [call.region], slice }];
    case 'hour_of_week':
      return [{ name: [call.started.dayOfWeek, call.started.hour], slice }];
    case 'page':
    case 'form_item':
    case 'link': {
      const named = moments.flatMap((moment) => {
        const name = nameOf(moment, by);
        return name === null ? [] : { key: JSON.stringify(name), name, moment };
      });
      return [...new Set(named.map(({ key }) => key))].flatMap((key) => {
        const own = named.filter((other) => other.key === key);
        const name = own[0]?.name ?? [];
        return { name: [application, ...name], slice: { call, moments: own.map(({ moment }) => moment) } };
      });
    }
  }
}

function nameOf(moment: Moment, by: 'page' | 'form_item' | 'link'): Name | null {
  if (by === 'link') {
    if (moment.kind !== 'move') return null;
    const { from, to } = moment;
    return [from.page, from.form, from.item, to.page, to.form, to.item];
  }
  if (moment.kind !== 'visit') return by === 'form_item' ? null : onlyPage(moment);
  const { page, form, item } = moment.place;
  return by === 'page' ? [page] : [page, form, item];
}

function onlyPage(moment: Moment): Name | null {
  const page = pageOf(moment);
  return page === null ? null : [page];
}

/** The page where it happened; null for what happens nowhere, or nobody said where. */
export function pageOf(moment: Moment): string | null {
  if (moment.kind === 'visit') return moment.place.page;
  return 'page' in moment ? moment.page : null;
}

/** By their parts, as numbers or by code points: the page says no more than "by name". */
export function compareNames(one: Name, other: Name): number {
  const index = one.findIndex((part, index) => part !== other[index]);
  const [part, otherPart] = [one[index], other[index]];
  if (part === undefined || otherPart === undefined) return 0;
  return part < otherPart ? -1 : 1;
}
