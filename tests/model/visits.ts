import type { StoredCall } from './account-model.ts';
import { type EventDocument, pages } from './call-events.ts';

/** A form item where visits happen: all of it is what makes it another. */
export interface Place {
  readonly page: string;
  readonly form: string;
  readonly item: string;
}

export interface Visit {
  readonly place: Place;
  /** null while it lasts. */
  readonly outcome: string | null;
}

/** Visits of a call, in the order in which they happened. */
export const visitsOf = ({ document }: StoredCall): readonly Visit[] => document.events.filter(isVisit).map(visitOf);

export const isVisit = ({ type }: EventDocument): boolean => type === 'form_item';

const visitOf = (event: EventDocument): Visit => ({ place: placeOf(event), outcome: event.outcome ?? null });

export const placeOf = ({ page = '', form = '', item = '' }: EventDocument): Place => ({
  page: pages[page] ?? '',
  form,
  item,
});

export const isSame = (one: Place, other: Place): boolean =>
  one.page === other.page && one.form === other.form && one.item === other.item;
