import type { StoredCall } from './account.ts';
import type { EventDocument } from './documents.ts';

/** What counts of a call's events, each with all that can be said of it alone. */
export type Moment =
  | { readonly kind: 'load'; readonly page: string; readonly durationMs: number; readonly isCached: boolean }
  | { readonly kind: 'fetchError'; readonly page: string }
  | { readonly kind: 'jsError'; readonly page: string | null }
  | { readonly kind: 'visit'; readonly place: Place; readonly outcome: string | null; readonly isLoop: boolean }
  | { readonly kind: 'transfer'; readonly durationMs: number }
  | { readonly kind: 'log' }
  | { readonly kind: 'move'; readonly from: Place; readonly to: Place };

/** A form item, or an end of the path of a call. */
export interface Place {
  readonly page: string;
  readonly form: string;
  readonly item: string;
}

const isSame = (one: Place | undefined, other: Place) =>
  one?.page === other.page && one.form === other.form && one.item === other.item;

const fileName = (url: string): string => /([^/?#]*)(?:[?#].*)?$/s.exec(url.replace(/[?#].*$/s, ''))?.[1] ?? '';
const placeOf = ({ page = '', form = '', item = '' }: EventDocument): Place => ({ page: fileName(page), form, item });

export function momentsOf({ document }: StoredCall): readonly Moment[] {
  const visits = document.events.filter(({ type }) => type === 'form_item');
  const places = visits.map(placeOf);
  return [
    ...document.events.flatMap(momentOf),
    ...visits.map(({ outcome = null }, index): Moment => {
      const place = placeOf(visits[index] ?? { type: '' });
      return { kind: 'visit', place, outcome, isLoop: isSame(places[index - 1], place) };
    }),
    ...movesOf(places, document.ended_at == null ? null : (document.end_reason ?? 'unknown')),
  ];
}

function momentOf({ type, url, duration_ms: durationMs = 0, cached = false, result }: EventDocument): Moment[] {
  switch (type) {
    case 'page_load':
      return [{ kind: 'load', page: fileName(url ?? ''), durationMs, isCached: cached }];
    case 'fetch_error':
      return [{ kind: 'fetchError', page: fileName(url ?? '') }];
    case 'js_error':
      return [{ kind: 'jsError', page: url === undefined ? null : fileName(url) }];
    case 'transfer':
      return result === undefined || result === 'completed' ? [{ kind: 'transfer', durationMs }] : [];
    case 'log':
      return [{ kind: 'log' }];
    default:
      return [];
  }
}

/** An end of the path: it has a name and nothing else. */
const end = (item: string): Place => ({ page: '', form: '', item });

function movesOf(places: readonly Place[], endReason: string | null): readonly Moment[] {
  const entered = places.filter((place, index) => !isSame(places[index - 1], place));
  const path = [end('start'), ...entered, ...(endReason === null ? [] : [end(endReason)])];
  return path.flatMap((to, index): Moment[] => {
    const from = path[index - 1];
    return from === undefined ? [] : [{ kind: 'move', from, to }];
  });
}
