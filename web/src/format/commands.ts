import { addDays, type Day } from '../state/days.ts';

/** Commands for a terminal, to be copied: they work as they stand. */

/** RFC 3339 in UTC, to the second. */
const printSecond = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');

interface Sender {
  /** Of this server: `https://voxgauge.example`. */
  readonly origin: string;
  readonly key: string;
  readonly nowMs: number;
}

/** Sends a call that has just ended. */
export function sendCallCommand({ origin, key, nowMs }: Sender): string {
  const startedMs = nowMs - 60_000;
  return `curl ${origin}/ingest/v1/calls \\
  -H 'Authorization: Bearer ${key}' \\
  -H 'Content-Type: application/json' \\
  -d '{
    "id": "first-call", "phone": "+16173990000", "caller": "+18005550142",
    "application": "https://ivr.example/start.php", "end_reason": "caller_hangup",
    "started_at": "${printSecond(startedMs)}", "ended_at": "${printSecond(startedMs + 45_000)}",
    "events": [
      {"type": "page_load", "at": 0, "duration_ms": 45, "url": "https://ivr.example/main.php"},
      {"type": "form_item", "at": 2000, "page": "https://ivr.example/main.php",
       "form": "menu", "item": "choice", "outcome": "filled"}
    ]
  }'`;
}

interface Reader {
  readonly origin: string;
  readonly token: string;
  readonly today: Day;
}

/** Reads how many calls there were on each of the last seven days. */
export const readReportCommand = ({ origin, token, today }: Reader): string =>
  `curl -H 'Authorization: Bearer ${token}' \\
  '${origin}/api/v2/report?start=${addDays(today, -6)}&end=${today}&period=day&metrics=calls,call_minutes'`;
