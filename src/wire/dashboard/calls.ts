import { type Static, Type } from 'typebox';

/** What the list of calls can be asked for, and what it answers. */

const name = (description: string) => Type.Optional(Type.String({ minLength: 1, maxLength: 2048, description }));
const day = (description: string) => Type.String({ format: 'date', description });

/** By what kind of error calls can be found. */
export const errorKinds = ['any', 'js', 'fetch'] as const;

/** Query of `GET /dashboard/calls`. All that is given must hold; `number` may be repeated. */
export const CallQuery = Type.Object(
  {
    start: day('first local day'),
    end: day('last local day, inclusive'),
    from: name('RFC 3339: only calls that started at this instant or later'),
    until: name('RFC 3339: only calls that started before this instant'),
    number: Type.Optional(Type.Array(Type.String({ maxLength: 128 }), { minItems: 1, maxItems: 200 })),
    id: name('the whole id of a call, which is then the only one, or its beginning'),
    caller: name('number of the caller in any usual spelling, or its last four digits or more'),
    application: name('start URL or name of the application'),
    outcome: Type.Optional(
      Type.Enum(['caller_hangup', 'application_hangup', 'transfer', 'error', 'timeout', 'unknown', 'in_progress'], {
        description: 'how the call ended',
      }),
    ),
    error: Type.Optional(Type.Enum([...errorKinds], { description: 'calls with an error of this kind' })),
    page: name('file name of a page that was loaded, failed, or had a form item visited'),
    form: name('form of a form item that was visited'),
    item: name('name of a form item that was visited'),
    item_outcome: Type.Optional(
      Type.Enum(['filled', 'nomatch', 'noinput', 'transfer', 'disconnect'], {
        description: 'how a visit of that form item (of any, where none is named) ended',
      }),
    ),
    to_page: name('with to_form and to_item: the caller moved from the form item to this one'),
    to_form: name('see to_page'),
    to_item: name(
      'see to_page; without to_page, how the call ended after the form item; "start" as item is the start of the call',
    ),
    region: name('region of the caller: `US-MA`, `US-TOLLFREE`, `GB`'),
    slower_than: Type.Optional(
      Type.Number({
        minimum: 0,
        description: 'seconds: a page (the given one, where there is one) took longer than this to load',
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
    cursor: Type.Optional(Type.String({ maxLength: 1024, description: '`next` of the answer before' })),
  },
  { additionalProperties: false },
);
export type CallQuery = Static<typeof CallQuery>;

const instant = Type.String({ description: 'RFC 3339 with the offset of the time zone of the account' });
const orNull = <T extends ReturnType<typeof Type.String> | ReturnType<typeof Type.Number>>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const count = Type.Integer({ minimum: 0 });

/** One call in a list. Durations are seconds. */
export const CallSummary = Type.Object({
  id: Type.String(),
  number: Type.String(),
  caller: orNull(Type.String()),
  region: orNull(Type.String()),
  direction: Type.String(),
  application: Type.String(),
  started_at: instant,
  duration: orNull(Type.Number({ description: 'null while the call is up' })),
  outcome: Type.String({ description: 'reason of the end, or `in_progress`' }),
  js_errors: count,
  fetch_errors: count,
  page_loads: count,
  slowest_page_load: orNull(Type.Number()),
  form_items: count,
  transfers: count,
  last_item: Type.Union([Type.Object({ page: Type.String(), form: Type.String(), item: Type.String() }), Type.Null()]),
});
export type CallSummary = Static<typeof CallSummary>;

export const CallList = Type.Object({
  calls: Type.Array(CallSummary, { description: 'the latest first' }),
  next: orNull(Type.String({ description: 'cursor of what follows; null where nothing does' })),
  searched_back_to: orNull(
    Type.String({
      description:
        'where a search has taken long enough and there is more to look through: the instant up to which it has come. `next` goes on from there',
    }),
  ),
});
export type CallList = Static<typeof CallList>;

/** One event on the timeline of a call. */
export const TimelineEvent = Type.Object({
  at: Type.Number({ description: 'seconds since the call started; as the sender said, in the order of the document' }),
  type: Type.String(),
  page: orNull(Type.String({ description: 'file name of the page, where the event has one' })),
  duration: orNull(Type.Number({ description: 'seconds' })),
  fields: Type.Record(Type.String(), Type.Unknown(), {
    description: 'all fields as they were sent, without type and at',
  }),
});
export type TimelineEvent = Static<typeof TimelineEvent>;

/** `GET /dashboard/call?id=…` */
export const CallDetail = Type.Object({
  summary: CallSummary,
  ended_at: orNull(instant),
  revision: Type.Integer(),
  stored_at: instant,
  labels: Type.Record(Type.String(), Type.String()),
  events: Type.Array(TimelineEvent),
  document: Type.String({ description: 'the JSON text as it was sent' }),
});
export type CallDetail = Static<typeof CallDetail>;
