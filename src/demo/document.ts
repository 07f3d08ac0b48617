import type { CallDocument, CallEvent } from '../wire/call-document.ts';
import type { Journey } from './journey.ts';

export interface DocumentParts {
  readonly id: string;
  readonly phone: string;
  /** null when withheld. */
  readonly caller: string | null;
  readonly application: string;
  readonly startedAtMs: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly journey: Journey;
}

/** The document that is sent of a call which is over, or still up, at `nowMs`. */
export function documentOf(parts: DocumentParts, nowMs: number): CallDocument {
  const { id, phone, caller, application, startedAtMs, labels, journey } = parts;
  const head = { id, phone, caller, direction: 'inbound', application, started_at: instant(startedAtMs) } as const;
  const endedAtMs = startedAtMs + journey.durationMs;
  if (endedAtMs > nowMs) {
    return { ...head, ended_at: null, events: eventsUntil(journey.events, nowMs - startedAtMs), labels };
  }
  return { ...head, ended_at: instant(endedAtMs), end_reason: journey.endReason, events: journey.events, labels };
}

const instant = (instantMs: number): string => Temporal.Instant.fromEpochMilliseconds(instantMs).toString();

/** What a call has reported so far: a visit that lasts has no outcome yet, a load or a transfer is reported at its end. */
function eventsUntil(events: readonly CallEvent[], elapsedMs: number): readonly CallEvent[] {
  return events.flatMap((event): CallEvent[] => {
    const fromMs = Number(event.at);
    if (fromMs > elapsedMs) return [];
    const lasts = 'duration_ms' in event && fromMs + (event.duration_ms ?? 0) > elapsedMs;
    if (!lasts) return [event];
    if (event.type !== 'form_item') return [];
    const { type, at, page, form, item } = event;
    return [{ type, at, page, form, item }];
  });
}
