import { closeSync, openSync, writeSync } from 'node:fs';
import type { CallDocument } from '../src/wire/call-document.ts';

const chunkRows = 10_000;

/** Passes calls on, and writes each as a row of the plain table of calls (see databases.ts). */
export function* writeCsv(path: string, calls: Iterable<CallDocument>): Generator<CallDocument> {
  const file = openSync(path, 'w');
  let rows: string[] = [];
  for (const call of calls) {
    rows.push(rowOf(call));
    if (rows.length === chunkRows) {
      writeSync(file, rows.join(''));
      rows = [];
    }
    yield call;
  }
  writeSync(file, rows.join(''));
  closeSync(file);
}

/** No value needs quotes: they are ids, numbers, instants and invented addresses. */
function rowOf({ id, phone, caller, application, started_at, ended_at, events = [] }: CallDocument): string {
  const counts = { js_error: 0, fetch_error: 0, page_load: 0 };
  let pageLoadMs = 0;
  for (const event of events) {
    if (event.type === 'js_error' || event.type === 'fetch_error') counts[event.type] += 1;
    if (event.type !== 'page_load') continue;
    counts.page_load += 1;
    pageLoadMs += event.duration_ms;
  }
  const { js_error, fetch_error, page_load } = counts;
  const values = [
    id,
    phone,
    caller ?? '',
    application,
    started_at,
    ended_at,
    js_error,
    fetch_error,
    page_load,
    pageLoadMs,
  ];
  return `${values.join(',')}\n`;
}
