import { type Static, Type } from 'typebox';

/**
 * The call document: one call as a sender describes it, and the only way in which data comes in.
 * A schema here is at once the validation, the TypeScript type and the published JSON Schema.
 *
 * Objects are open: an unknown field or event type is kept in the stored document and counted nowhere,
 * so that newer senders work with older servers.
 */

export const directions = ['inbound', 'outbound'] as const;
export const endReasons = ['caller_hangup', 'application_hangup', 'transfer', 'error', 'timeout', 'unknown'] as const;
export const outcomes = ['filled', 'nomatch', 'noinput', 'transfer', 'disconnect'] as const;
export const inputModes = ['voice', 'dtmf'] as const;
export const transferResults = ['completed', 'busy', 'noanswer', 'failed'] as const;

/** Longest duration and longest call that are believed, in milliseconds: 366 days. */
export const maxDurationMs = 31_622_400_000;

const name = (description: string) => Type.String({ minLength: 1, maxLength: 256, description });
const url = (description: string) => Type.String({ minLength: 1, maxLength: 2048, description });
const durationMs = Type.Number({ minimum: 0, maximum: maxDurationMs, description: 'milliseconds' });

/** The fields that every event has, whatever its type. */
export const AnyEvent = Type.Object({
  type: name('what happened'),
  at: Type.Union([Type.Number(), Type.String()], {
    description: 'RFC 3339 instant, or milliseconds since started_at',
  }),
});

/**
 * The fields of each event type that is known, besides `type` and `at`.
 * VoiceXML 2.1 names what a browser reports for each.
 */
export const eventFields = {
  /** A document was fetched and parsed; `duration_ms` runs from the request until the page is ready. */
  page_load: Type.Object({
    url: url('address of the page'),
    duration_ms: durationMs,
    cached: Type.Optional(Type.Boolean()),
  }),
  /** `error.badfetch`, `error.badfetch.http.NNN`: a resource could not be fetched. */
  fetch_error: Type.Object({
    url: url('address of the resource'),
    event: Type.Optional(Type.String()),
    status: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
    message: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  }),
  /** `error.semantic`: a script failed at run time. */
  js_error: Type.Object({
    url: Type.Optional(url('address of the page')),
    line: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
    message: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  }),
  /** One visit of a named item in a form with an id. `outcome` is absent while the visit lasts. */
  form_item: Type.Object({
    page: url('file name or address of the page'),
    form: name('id of the form'),
    item: name('name of the form item'),
    outcome: Type.Optional(Type.Enum([...outcomes])),
    input_mode: Type.Optional(Type.Enum([...inputModes])),
    confidence: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    duration_ms: Type.Optional(durationMs),
  }),
  /** `<transfer>`; only `completed`, the default, is counted. */
  transfer: Type.Object({
    to: Type.Optional(Type.String()),
    duration_ms: Type.Optional(durationMs),
    result: Type.Optional(Type.Enum([...transferResults])),
  }),
  /** One executed `<log>`. */
  log: Type.Object({
    label: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    message: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  }),
  /** Anything that is worth keeping and not counting. */
  note: Type.Object({}),
};

export type EventType = keyof typeof eventFields;

/** Not a record, whose pattern of names would not match a name with a line break in it. */
const labels = Type.Unsafe<Record<string, string>>(
  Type.Object(
    {},
    {
      additionalProperties: Type.String({ maxLength: 256 }),
      description: 'free: version of the application, campaign, language …',
    },
  ),
);

/** A call document without what its events hold besides `type` and `at`: see {@link eventFields}. */
export const CallDocument = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 128, description: "unique within the account: the sender's own call id" }),
  phone: Type.String({ minLength: 1, maxLength: 128, description: 'number of the account: dialled, or shown' }),
  caller: Type.Optional(
    Type.Union([Type.String({ maxLength: 256 }), Type.Null()], { description: 'the other party; null when withheld' }),
  ),
  direction: Type.Optional(Type.Enum([...directions])),
  application: url('start URL or name of the voice application'),
  started_at: Type.String({ description: 'RFC 3339 instant' }),
  ended_at: Type.Optional(
    Type.Union([Type.String(), Type.Null()], { description: 'RFC 3339 instant; null while the call is up' }),
  ),
  end_reason: Type.Optional(Type.Union([Type.Enum([...endReasons]), Type.Null()])),
  revision: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
  events: Type.Optional(Type.Array(AnyEvent)),
  labels: Type.Optional(labels),
});

const known = Object.entries(eventFields).map(([type, { properties }]) =>
  Type.Object({ type: Type.Literal(type), at: AnyEvent.properties.at, ...properties }, { title: type }),
);
const unknown = Type.Object(
  {
    type: Type.String({ minLength: 1, maxLength: 256, not: Type.Enum(Object.keys(eventFields)) }),
    at: AnyEvent.properties.at,
  },
  { title: 'any other', description: 'an event of a type that this version does not know: kept, and not counted' },
);

/** A call document with the fields of its events, as it is published. */
export const PublishedCallDocument = Type.Object({
  ...CallDocument.properties,
  events: Type.Optional(
    Type.Array(Type.Union([...known, unknown]), { description: 'in the order in which they happened' }),
  ),
});

type At = Static<typeof AnyEvent>['at'];

/** An event as a sender of ours builds it: one of the known types with its fields. */
export type CallEvent = {
  readonly [T in EventType]: { readonly type: T; readonly at: At } & Readonly<Static<(typeof eventFields)[T]>>;
}[EventType];

/** A call document as a sender of ours builds it (importers, demo, tests). */
export type CallDocument = Readonly<Omit<Static<typeof CallDocument>, 'events'>> & {
  readonly events?: readonly CallEvent[];
};

/** A call document after its schema was checked: events are known to have `type` and `at`, and nothing else yet. */
export type ParsedDocument = Static<typeof CallDocument>;
