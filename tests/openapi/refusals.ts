/**
 * Why a server refuses call documents that are as their schema says: what no schema can say, listed as a whole. Each reason gives the
 * JSON pointers of what is wrong in a document, which may be any value.
 */

export const goodInstants = [
  '2018-02-07T10:00:00-05:00',
  '2018-02-07T15:00:00Z',
  '2018-02-07t15:00:01.5z',
  '2018-02-07 15:00:00.123456789+05:45',
  '2018-02-07T15:00:02Z',
  '2018-12-31T23:59:60Z',
  '2019-02-08T15:00:00Z',
  '2019-02-08T15:00:02.001Z',
  '2016-02-29T00:00:00Z',
] as const;

export const badInstants = [
  '',
  'today',
  '2018-02-07',
  '2018-02-07T10:00:00',
  '2018-02-07T10:00Z',
  '2018-02-30T10:00:00Z',
  '2018-02-29T10:00:00Z',
  '2018-13-01T10:00:00Z',
  '2018-02-07T24:00:00Z',
  '2018-02-07T10:00:00+24:00',
  '2018-02-07T10:00:00+0500',
  '2018-02-07T10:00:00.Z',
  '1518015600',
  '٢٠١٨-02-07T10:00:00Z',
] as const;

export const phones = [
  '6173990000',
  '+1 (617) 399-0000',
  '301',
  '+442072193000',
  'sip:6173990000@ivr.example',
  '0',
] as const;
/** Nothing in them is a digit of the number. */
export const digitless = ['plum', ' ', '+', 'sip:plum@10.0.0.1', '"Desk 2" <plum>', '\u0000'] as const;

/** Of the server that the tests ask. */
export const limits = { maxEvents: 3, maxDocumentBytes: 6000 };
const mostMs = 366 * 86_400_000;

interface Fields {
  readonly [name: string]: unknown;
}
const fieldsOf = (value: unknown): Fields => Object(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isIn = (list: readonly unknown[], value: unknown): boolean => list.includes(value);

const eventsOf = (document: unknown): readonly Fields[] => {
  const { events } = fieldsOf(document);
  return Array.isArray(events) ? events.map(fieldsOf) : [];
};

/** Fields of events of a type that are wrong in some way. */
const inEvents = (document: unknown, names: readonly string[], isWrong: (value: unknown, event: Fields) => boolean) =>
  eventsOf(document).flatMap((event, index) =>
    names
      .filter((name) => Object.hasOwn(event, name) && isWrong(event[name], event))
      .map((name) => `/events/${index}/${name}`),
  );
const inDocument = (document: unknown, names: readonly string[], isWrong: (value: unknown) => boolean) =>
  names.filter((name) => isWrong(fieldsOf(document)[name])).map((name) => `/${name}`);

/** Of the two lists, and of nothing else. */
const isNoInstant = (value: unknown): boolean => isText(value) && !isIn(goodInstants, value);
const isNoName = (value: unknown): boolean => isText(value) && (value.includes('\0') || !value.isWellFormed());

function isImpossibleEnd(document: unknown): boolean {
  const { started_at: start, ended_at: end } = fieldsOf(document);
  if (!isText(start) || !isText(end) || isNoInstant(start) || isNoInstant(end)) return false;
  const ms = Temporal.Instant.from(end).epochMilliseconds - Temporal.Instant.from(start).epochMilliseconds;
  return ms < 0 || ms > mostMs;
}

/** Together, of the events of a type that are counted. */
function totalMs(document: unknown, type: string): number {
  const counted = eventsOf(document).filter(
    (event) => event['type'] === type && isIn([undefined, 'completed'], event['result']),
  );
  return counted.map((event) => Math.round(Number(event['duration_ms'] ?? 0))).reduce((sum, ms) => sum + ms, 0);
}

type Reason = (document: unknown) => readonly string[];

/** By what is wrong, where it is wrong. */
const reasons: Readonly<Record<string, Reason>> = {
  'an instant is none, or does not exist': (document) => [
    ...inDocument(document, ['started_at', 'ended_at'], isNoInstant),
    ...inEvents(document, ['at'], isNoInstant),
  ],
  'a call ends before it starts, or more than 366 days later': (document) =>
    isImpossibleEnd(document) ? ['/ended_at'] : [],
  'a name has NUL or half a character in it': (document) => [
    ...inDocument(document, ['id', 'application'], isNoName),
    ...inEvents(document, ['form', 'item'], (value, { type }) => type === 'form_item' && isNoName(value)),
  ],
  'a number has no digits': (document) =>
    inDocument(document, ['phone'], (value) => isIn(digitless, value) || (isText(value) && !/\d/.test(value))),
  'an event has what the caller said': (document) => inEvents(document, ['input'], () => true),
  'events are too many': (document) => (eventsOf(document).length > limits.maxEvents ? ['/events'] : []),
  'events last too long together': (document) =>
    ['page_load', 'transfer'].some((type) => totalMs(document, type) > mostMs) ? ['/events'] : [],
  'a document is too large': (document) =>
    Buffer.byteLength(JSON.stringify(document)) > limits.maxDocumentBytes ? [''] : [],
};

export interface Refusal {
  readonly reason: string;
  /** JSON pointer. */
  readonly path: string;
}

export const refusalsOf = (document: unknown): readonly Refusal[] =>
  Object.entries(reasons).flatMap(([reason, pathsOf]) => pathsOf(document).map((path) => ({ reason, path })));

export const reasonNames = Object.keys(reasons);
