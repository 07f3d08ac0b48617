import { callers, pages, type SentCall, type SentEvent } from './random-calls.ts';

/** Which documents a query asks for, worked out from the documents as they were sent; nothing here is the server's. */

export type Query = Readonly<Record<string, string>>;

const named = (url: string | undefined): string | null => (url === undefined ? null : (pages.get(url) ?? url));

/** The page of an event, by its name. */
const pageIn = ({ page, url }: SentEvent): string | null => named(page ?? url);

/** Moves as `from page/form/item > to …`, without re-entries. */
export function movesIn({ events, ended_at, end_reason }: SentCall): readonly string[] {
  const nodes = ['//start'];
  for (const event of events.filter(({ type }) => type === 'form_item')) {
    const node = `${pageIn(event)}/${event.form}/${event.item}`;
    if (node !== nodes.at(-1)) nodes.push(node);
  }
  if (ended_at !== null) nodes.push(`//${end_reason}`);
  return nodes.slice(1).map((node, index) => `${nodes[index]}>${node}`);
}

/** A pattern of a node: what is not given may be anything. */
function nodePattern(
  page: string | undefined,
  form: string | undefined,
  item: string | undefined,
  lone: boolean,
): string {
  if (lone && page === undefined && form === undefined) return `//${item}`;
  const part = (text: string | undefined) =>
    text === undefined ? '[^>]*' : text === '/' ? '/' : text.replaceAll('.', '\\.');
  return `${part(page)}/${part(form)}/${part(item)}`;
}

/** Whether a document is among those that the query asks for; `from` and `until` as UTC instants. */
export function isAskedFor(call: SentCall, query: Query): boolean {
  const { events } = call;
  const on = (event: SentEvent) => query['page'] === undefined || pageIn(event) === query['page'];
  const some = (test: (event: SentEvent) => boolean) => events.some((event) => test(event) && on(event));
  const isMove = ['to_page', 'to_form', 'to_item'].some((name) => query[name] !== undefined);
  const tests: Readonly<Record<string, (value: string) => boolean>> = {
    from: (value) => call.started_at >= value,
    until: (value) => call.started_at < value,
    number: (value) => call.phone === value,
    id: (value) => call.id.startsWith(value),
    caller: (value) =>
      call.caller !== null && (value.startsWith('+') ? call.caller === value : call.caller.endsWith(value)),
    application: (value) => call.application === value,
    outcome: (value) => (call.ended_at === null ? 'in_progress' : call.end_reason) === value,
    region: (value) => callers.get(call.caller) === value,
    error: (value) => some(({ type }) => type === `${value}_error` || (value === 'any' && type.endsWith('_error'))),
    slower_than: (value) =>
      some(({ type, duration_ms = 0 }) => type === 'page_load' && duration_ms > Number(value) * 1000),
    page: (value) => some((event) => pageIn(event) === value),
  };
  for (const [name, test] of Object.entries(tests)) {
    const value = query[name];
    if (value !== undefined && !test(value)) return false;
  }
  if (isMove && !movesIn(call).some((move) => moveTest(query).test(move))) return false;
  return isVisitMet(call, query, isMove);
}

function moveTest(query: Query): RegExp {
  const { page, form, item, to_page, to_form, to_item } = query;
  return new RegExp(
    `^${nodePattern(page, form, item, item === 'start')}>${nodePattern(to_page, to_form, to_item, true)}$`,
  );
}

function isVisitMet(call: SentCall, query: Query, isMove: boolean): boolean {
  const { page, form, item, item_outcome: outcome } = query;
  if (outcome === undefined && (isMove || (form === undefined && item === undefined))) return true;
  const isStart = isMove && page === undefined && form === undefined && item === 'start';
  return call.events.some(
    (event) =>
      event.type === 'form_item' &&
      (page === undefined || pageIn(event) === page) &&
      (form === undefined || event.form === form) &&
      (item === undefined || isStart || event.item === item) &&
      (outcome === undefined || event.outcome === outcome),
  );
}

/** The latest first; of those that started together, by descending id. */
export function inOrder(calls: readonly SentCall[]): readonly SentCall[] {
  const bytes = (id: string) => Buffer.from(id);
  const at = ({ started_at }: SentCall) => Temporal.Instant.from(started_at).epochMilliseconds;
  return calls.toSorted((a, b) => at(b) - at(a) || Buffer.compare(bytes(b.id), bytes(a.id)));
}
