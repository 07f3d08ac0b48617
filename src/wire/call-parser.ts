import { Compile } from 'typebox/compile';
import { type Call, type CallEvent, type EndReason, pageName } from '../domain/call.ts';
import type { ReadPhone } from '../domain/phone.ts';
import { failed, ok, type Result } from '../domain/result.ts';
import * as wire from './call-document.ts';
import { parseInstantMs } from './instant.ts';
import { type Problem, preview, schemaProblem, unstorable } from './problem.ts';

/** What reading a document depends on besides the document. */
export interface ParseContext {
  /** ISO 3166-1 alpha-2; national numbers are this country's. */
  readonly country: string;
  /** Whether events may hold `input`. */
  readonly allowsInput: boolean;
  readonly maxEvents: number;
  readonly readPhone: ReadPhone;
}

const document = Compile(wire.CallDocument);
const events = {
  page_load: Compile(wire.eventFields.page_load),
  fetch_error: Compile(wire.eventFields.fetch_error),
  js_error: Compile(wire.eventFields.js_error),
  form_item: Compile(wire.eventFields.form_item),
  transfer: Compile(wire.eventFields.transfer),
  log: Compile(wire.eventFields.log),
};

/** Reads a call document (parsed JSON) into a call; the problem is the first that was found. */
export function parseCall(value: unknown, context: ParseContext): Result<Call, Problem> {
  const tooMany = eventsProblem(value, context);
  if (tooMany !== null) return failed(tooMany);
  if (!document.Check(value)) return failed(schemaProblem(document.Errors(value), value));
  const problem = textProblem('id', value.id) ?? textProblem('application', value.application);
  if (problem !== null) return failed(problem);
  const times = parseTimes(value);
  if (!times.ok) return times;
  const parties = parseParties(value, context);
  if (!parties.ok) return parties;
  const happened = parseEvents(value.events ?? [], context);
  if (!happened.ok) return happened;
  const { id, revision = 0, application } = value;
  return ok({ id, revision, application, ...parties.value, ...times.value, events: happened.value });
}

type Document = wire.ParsedDocument;

/** Looked at before the events themselves are. */
function eventsProblem(value: unknown, { maxEvents }: ParseContext): Problem | null {
  if (typeof value !== 'object' || value === null || !('events' in value) || !Array.isArray(value.events)) return null;
  const { length } = value.events;
  return length <= maxEvents
    ? null
    : { path: '/events', error: `must have at most ${maxEvents} events, got ${length}` };
}

function parseTimes(value: Document): Result<Pick<Call, 'startedAtMs' | 'end'>, Problem> {
  const startedAtMs = parseInstantMs(value.started_at);
  if (startedAtMs === null) return failed(notAnInstant('/started_at', value.started_at));
  if (value.ended_at === undefined || value.ended_at === null) return ok({ startedAtMs, end: null });
  const endedAtMs = parseInstantMs(value.ended_at);
  if (endedAtMs === null) return failed(notAnInstant('/ended_at', value.ended_at));
  const durationMs = endedAtMs - startedAtMs;
  if (durationMs < 0 || durationMs > wire.maxDurationMs) {
    const error = `must be within 366 days after started_at (${value.started_at}), got ${preview(value.ended_at)}`;
    return failed({ path: '/ended_at', error });
  }
  const reason: EndReason = value.end_reason ?? 'unknown';
  return ok({ startedAtMs, end: { reason, durationMs } });
}

const notAnInstant = (path: string, given: string): Problem => ({
  path,
  error: `must be an RFC 3339 instant such as 2018-02-07T10:00:00-05:00, got ${preview(given)}`,
});

/** Spellings of "the caller does not want to be known"; what has no digits is none either. */
const withheld: ReadonlySet<string> = new Set(['anonymous', 'restricted', 'unavailable', 'private', '']);

function parseParties(
  value: Document,
  { country, readPhone }: ParseContext,
): Result<Pick<Call, 'phone' | 'caller' | 'callerRegion'>, Problem> {
  const phone = readPhone(value.phone, country).number;
  if (phone === '') return failed({ path: '/phone', error: `must have digits, got ${preview(value.phone)}` });
  const given = value.caller ?? '';
  const caller = withheld.has(given.trim().toLowerCase()) ? null : readPhone(given, country);
  if (caller === null || caller.number === '') return ok({ phone, caller: null, callerRegion: null });
  return ok({ phone, caller: caller.number, callerRegion: caller.region });
}

function parseEvents(list: NonNullable<Document['events']>, context: ParseContext): Result<CallEvent[], Problem> {
  const parsed: CallEvent[] = [];
  for (const [index, event] of list.entries()) {
    const result = parseEvent(event, context);
    if (!result.ok) return failed({ ...result.error, path: `/events/${index}${result.error.path}` });
    if (result.value !== null) parsed.push(result.value);
  }
  const problem = totalProblem(parsed, 'pageLoad', 'page_load') ?? totalProblem(parsed, 'transfer', 'transfer');
  return problem === null ? ok(parsed) : failed(problem);
}

/** No call lasts that long; and sums must stay integers that every store and client can hold. */
function totalProblem(parsed: readonly CallEvent[], kind: 'pageLoad' | 'transfer', type: string): Problem | null {
  const totalMs = parsed.reduce((sum, event) => sum + (event.kind === kind ? event.durationMs : 0), 0);
  if (totalMs <= wire.maxDurationMs) return null;
  const error = `must have ${type} events of at most ${wire.maxDurationMs} ms together, got ${totalMs}`;
  return { path: '/events', error };
}

type AnyEvent = NonNullable<Document['events']>[number];

/** null for what is kept and not counted. */
function parseEvent(event: AnyEvent, { allowsInput }: ParseContext): Result<CallEvent | null, Problem> {
  if (typeof event.at === 'string' && parseInstantMs(event.at) === null) {
    const { path, error } = notAnInstant('/at', event.at);
    return failed({ path, error: error.replace(', got', ' or milliseconds since started_at, got') });
  }
  if (!allowsInput && 'input' in event) {
    const error = 'must not be sent: what a caller said or keyed in is kept only for accounts that allow it';
    return failed({ path: '/input', error });
  }
  return parseKnownEvent(event);
}

function parseKnownEvent(event: AnyEvent): Result<CallEvent | null, Problem> {
  switch (event.type) {
    case 'page_load': {
      if (!events.page_load.Check(event)) return failed(schemaProblem(events.page_load.Errors(event), event));
      const { url, duration_ms, cached = false } = event;
      return ok({ kind: 'pageLoad', page: pageName(url), durationMs: Math.round(duration_ms), isCached: cached });
    }
    case 'fetch_error': {
      if (!events.fetch_error.Check(event)) return failed(schemaProblem(events.fetch_error.Errors(event), event));
      return ok({ kind: 'fetchError', page: pageName(event.url) });
    }
    case 'js_error': {
      if (!events.js_error.Check(event)) return failed(schemaProblem(events.js_error.Errors(event), event));
      return ok({ kind: 'jsError', page: event.url === undefined ? null : pageName(event.url) });
    }
    case 'form_item':
      return parseVisit(event);
    case 'transfer': {
      if (!events.transfer.Check(event)) return failed(schemaProblem(events.transfer.Errors(event), event));
      const { result = 'completed', duration_ms = 0 } = event;
      return ok(result === 'completed' ? { kind: 'transfer', durationMs: Math.round(duration_ms) } : null);
    }
    case 'log': {
      if (!events.log.Check(event)) return failed(schemaProblem(events.log.Errors(event), event));
      return ok({ kind: 'log' });
    }
    default:
      return ok(null);
  }
}

function parseVisit(event: AnyEvent): Result<CallEvent, Problem> {
  if (!events.form_item.Check(event)) return failed(schemaProblem(events.form_item.Errors(event), event));
  const { page, form, item, outcome = null } = event;
  const problem = textProblem('form', form) ?? textProblem('item', item);
  if (problem !== null) return failed(problem);
  return ok({ kind: 'visit', visit: { page: pageName(page), form, item, outcome } });
}

/** Names become keys of sums, which every store must be able to hold. */
function textProblem(name: string, text: string): Problem | null {
  const error = unstorable(text);
  return error === null ? null : { path: `/${name}`, error };
}
