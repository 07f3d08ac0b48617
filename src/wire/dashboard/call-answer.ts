import type { Call } from '../../domain/call.ts';
import { pageName } from '../../domain/call.ts';
import { outcomeOf } from '../../domain/call-filter.ts';
import { visitsOf } from '../../domain/contribution.ts';
import { parseInstantMs, printInstant } from '../instant.ts';
import type { CallDetail, CallSummary, TimelineEvent } from './calls.ts';

/** A stored document with the call that it describes. */
export interface StoredCall {
  readonly call: Call;
  readonly storedAtMs: number;
  /** The JSON text as it was sent. */
  readonly document: string;
}

const millisecondsPerSecond = 1000;
const seconds = (ms: number): number => ms / millisecondsPerSecond;

export function summaryOf({ call, document }: StoredCall, timeZone: string): CallSummary {
  const sent = fieldsOf(JSON.parse(document));
  const { events, end } = call;
  const countOf = (kind: Call['events'][number]['kind']) => events.filter((event) => event.kind === kind).length;
  const loadsMs = events.flatMap((event) => (event.kind === 'pageLoad' ? [event.durationMs] : []));
  const last = visitsOf(events).at(-1);
  return {
    id: call.id,
    number: call.phone,
    caller: call.caller,
    region: call.callerRegion,
    direction: textOf(sent['direction']) ?? 'inbound',
    application: call.application,
    started_at: printInstant(call.startedAtMs, timeZone),
    duration: end === null ? null : seconds(end.durationMs),
    outcome: outcomeOf(call),
    js_errors: countOf('jsError'),
    fetch_errors: countOf('fetchError'),
    page_loads: loadsMs.length,
    slowest_page_load: loadsMs.length === 0 ? null : seconds(loadsMs.reduce((a, b) => Math.max(a, b))),
    form_items: countOf('visit'),
    transfers: countOf('transfer'),
    last_item: last === undefined ? null : { page: last.page, form: last.form, item: last.item },
  };
}

export function detailOf(stored: StoredCall, timeZone: string): CallDetail {
  const { call, storedAtMs, document } = stored;
  const sent = fieldsOf(JSON.parse(document));
  const events = Array.isArray(sent['events']) ? sent['events'] : [];
  const labels = Object.entries(fieldsOf(sent['labels']));
  return {
    summary: summaryOf(stored, timeZone),
    ended_at: call.end === null ? null : printInstant(call.startedAtMs + call.end.durationMs, timeZone),
    revision: call.revision,
    stored_at: printInstant(storedAtMs, timeZone),
    labels: Object.fromEntries(labels.map(([name, value]) => [name, `${value}`])),
    events: events.map((event) => timelineEvent(fieldsOf(event), call)),
    document,
  };
}

function timelineEvent({ type, at, ...fields }: Fields, { startedAtMs }: Call): TimelineEvent {
  const page = textOf(fields['page']) ?? textOf(fields['url']);
  const durationMs = fields['duration_ms'];
  return {
    at: seconds(typeof at === 'number' ? at : (parseInstantMs(`${at}`) ?? startedAtMs) - startedAtMs),
    type: `${type}`,
    page: page === null ? null : pageName(page),
    duration: typeof durationMs === 'number' ? seconds(durationMs) : null,
    fields,
  };
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields of what should be an object; of anything else there are none. */
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
