import { shortApplication } from '../../format/applications.ts';
import { printFigure } from '../../format/numbers.ts';
import { printPhone } from '../../format/phones.ts';
import { printRegion } from '../../format/regions.ts';
import type { Change } from './changes.ts';

/** What a change is about, and where that is. */
export interface ChangeSubject {
  readonly name: string;
  /** Empty where the name says enough. */
  readonly place: string;
}

export function subjectOf({ group, names }: Change): ChangeSubject {
  const name = (column: string) => names[column] ?? '';
  const application = shortApplication(name('application'));
  switch (group) {
    case 'all':
      return { name: 'All calls', place: '' };
    case 'number':
      return { name: printPhone(name('number')), place: '' };
    case 'application':
      return { name: application, place: '' };
    case 'region':
      return { name: `Callers from ${printRegion(name('region'))}`, place: '' };
    case 'page':
      return { name: name('page'), place: application };
    case 'form_item':
      return { name: name('item'), place: `${name('page')}, ${application}` };
    default:
      return group satisfies never;
  }
}

const count = (value: number): string => printFigure(value, 'count');
const percent = (part: number, whole: number): string =>
  printFigure(whole === 0 ? null : (100 * part) / whole, 'percent');

/** `60 script errors, 3 in the 28 days before`: what is and what was, to go after the subject. */
export function sentenceOf(change: Change, daysBefore: number): string {
  const { figure, group, now, before } = change;
  const when = daysBefore === 1 ? 'the day before' : `in the ${count(daysBefore)} days before`;
  const share = (things: string) =>
    `${percent(now.value, now.of)} of ${count(now.of)} visits ${things}, ${percent(before.value, before.of)} of ${count(before.of)} ${when}`;
  switch (figure) {
    case 'calls':
      return group === 'all'
        ? `${counted(now.value, 'call')}, ${count(before.value)} ${when}`
        : `${counted(now.value, 'call')} (${percent(now.value, now.of)} of all), ${count(before.value)} (${percent(before.value, before.of)}) ${when}`;
    case 'js_errors':
      return `${counted(now.value, 'script error')}, ${count(before.value)} ${when}`;
    case 'fetch_errors':
      return `${counted(now.value, 'fetch error')}, ${count(before.value)} ${when}`;
    case 'visits_nomatch':
      return share('without a match');
    case 'visits_noinput':
      return share('without an answer');
    case 'visits_disconnect':
      return share('ended by hanging up');
    case 'page_load_p95':
      return `95 % of page loads within ${printFigure(now.value, 'seconds')}, ${printFigure(before.value, 'seconds')} ${when}`;
    default:
      return figure satisfies never;
  }
}

const counted = (value: number, thing: string): string => `${count(value)} ${thing}${value === 1 ? '' : 's'}`;

/** Page and parameters of what stands behind a change. What there is none of any more is looked for in the days before. */
export interface ChangeTarget {
  readonly path: '/volume' | '/calls' | '/performance';
  readonly own: Readonly<Record<string, string>>;
  readonly isBefore: boolean;
}

export function targetOf({ figure, group, names, now }: Change): ChangeTarget {
  const isBefore = now.value === 0;
  switch (figure) {
    case 'calls':
      return group === 'all' ? { path: '/volume', own: {}, isBefore: false } : { path: '/calls', own: names, isBefore };
    case 'js_errors':
      return { path: '/calls', own: { ...names, error: 'js' }, isBefore };
    case 'fetch_errors':
      return { path: '/calls', own: { ...names, error: 'fetch' }, isBefore };
    case 'page_load_p95':
      return { path: '/performance', own: names, isBefore: false };
    default:
      return { path: '/calls', own: { ...names, item_outcome: figure.slice('visits_'.length) }, isBefore };
  }
}
