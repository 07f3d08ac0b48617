/** What calls are looked for, besides their days and numbers: the parameters of `GET /dashboard/calls` that stand in the address of the page. */
export const searchNames = [
  'id',
  'caller',
  'application',
  'outcome',
  'error',
  'page',
  'form',
  'item',
  'item_outcome',
  'to_page',
  'to_form',
  'to_item',
  'region',
  'slower_than',
  'from',
  'until',
] as const;

export type SearchName = (typeof searchNames)[number];

/** What is not asked for is absent. */
export type CallSearch = Readonly<Partial<Record<SearchName, string>>>;

/** Holds the beginning of an id that was searched for, while `id` is that of the call which is open. */
export const listIdParameter = 'list_id';

export function readSearch(query: URLSearchParams): CallSearch {
  const found = searchNames.map((name) => [name, (query.get(name) ?? '').trim()] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== ''));
}

/** The search that the open call was found by. */
export function readListSearch(query: URLSearchParams): CallSearch {
  const { id: _, ...search } = readSearch(query);
  const listId = query.get(listIdParameter);
  return listId === null ? search : { ...search, id: listId };
}

/** Parameters of the page of a call that is found by a search. */
export function callParameters(id: string, { id: listId, ...search }: CallSearch): Readonly<Record<string, string>> {
  return { ...search, ...(listId === undefined ? {} : { [listIdParameter]: listId }), id };
}

interface Where {
  readonly start: string;
  readonly end: string;
  readonly numbers: readonly string[];
}

const callsAtOnce = 50;

/** Where the list of calls is asked for, without a cursor. */
export function listAddress({ start, end, numbers }: Where, search: CallSearch): string {
  const query = new URLSearchParams({ start, end, ...search, limit: `${callsAtOnce}` });
  for (const number of numbers) query.append('number', number);
  return `/dashboard/calls?${query}`;
}
