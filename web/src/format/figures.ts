import type { FigureName } from '../api/report.ts';
import type { Unit } from './numbers.ts';

interface FigureText {
  readonly label: string;
  readonly unit: Unit;
  /** What it counts, in a sentence: docs/metrics.md has the definition. */
  readonly hint: string;
  /** Whether more of it is good, bad, or neither. */
  readonly more: 'good' | 'bad' | 'neutral';
}

/** What figures are called on the dashboard; the same words as in the guides. */
export const figureTexts: Readonly<Record<FigureName, FigureText>> = {
  calls: { label: 'Calls', unit: 'count', more: 'neutral', hint: 'Calls that started, inbound and outbound.' },
  call_minutes: {
    label: 'Call minutes',
    unit: 'minutes',
    more: 'neutral',
    hint: 'Time from the start to the end of calls that have ended.',
  },
  average_call_length: {
    label: 'Average call length',
    unit: 'duration',
    more: 'neutral',
    hint: 'Call time divided by calls.',
  },
  transfers: {
    label: 'Transfers',
    unit: 'count',
    more: 'neutral',
    hint: 'Successful transfers out of the application; each of a call counts.',
  },
  transfer_minutes: {
    label: 'Transfer minutes',
    unit: 'minutes',
    more: 'neutral',
    hint: 'Time that transfers lasted.',
  },
  transfer_rate: {
    label: 'Transfer rate',
    unit: 'percent',
    more: 'neutral',
    hint: 'Share of calls with at least one transfer.',
  },
  log_events: { label: 'Log events', unit: 'count', more: 'neutral', hint: 'Executed log elements.' },
  form_items: { label: 'Form items', unit: 'count', more: 'neutral', hint: 'Visits of form items.' },
  average_form_items: {
    label: 'Form items per call',
    unit: 'ratio',
    more: 'neutral',
    hint: 'Visits of form items divided by calls.',
  },
  loops: {
    label: 'Loops',
    unit: 'count',
    more: 'bad',
    hint: 'Re-entries of the form item that the caller is already in.',
  },
  loops_per_call: { label: 'Loops per call', unit: 'ratio', more: 'bad', hint: 'Loops divided by calls.' },
  js_errors: { label: 'Script errors', unit: 'count', more: 'bad', hint: 'Scripts that failed while they ran.' },
  js_errors_per_call: {
    label: 'Script errors per call',
    unit: 'ratio',
    more: 'bad',
    hint: 'Script errors divided by calls.',
  },
  fetch_errors: {
    label: 'Fetch errors',
    unit: 'count',
    more: 'bad',
    hint: 'Pages and other resources that could not be fetched.',
  },
  fetch_errors_per_call: {
    label: 'Fetch errors per call',
    unit: 'ratio',
    more: 'bad',
    hint: 'Fetch errors divided by calls.',
  },
  average_page_load: {
    label: 'Average page load',
    unit: 'seconds',
    more: 'bad',
    hint: 'Time from the request of a page until it is ready, on average over successful loads.',
  },
  page_loads: {
    label: 'Page loads',
    unit: 'count',
    more: 'neutral',
    hint: 'Pages that were fetched and parsed, also from a cache.',
  },
  cached_page_loads: {
    label: 'Cached page loads',
    unit: 'count',
    more: 'good',
    hint: 'Page loads that a cache answered.',
  },
  page_load_p50: {
    label: 'Page load p50',
    unit: 'seconds',
    more: 'bad',
    hint: 'Half of the page loads took at most so long, to within 1 %.',
  },
  page_load_p95: {
    label: 'Page load p95',
    unit: 'seconds',
    more: 'bad',
    hint: '95 % of the page loads took at most so long, to within 1 %.',
  },
  page_load_p99: {
    label: 'Page load p99',
    unit: 'seconds',
    more: 'bad',
    hint: '99 % of the page loads took at most so long, to within 1 %.',
  },
  visits: { label: 'Visits', unit: 'count', more: 'neutral', hint: 'Visits of the form item.' },
  visits_filled: { label: 'Filled', unit: 'count', more: 'good', hint: 'Visits that ended with an answer.' },
  visits_nomatch: {
    label: 'No match',
    unit: 'count',
    more: 'bad',
    hint: 'Visits that ended with an answer that was not understood.',
  },
  visits_noinput: { label: 'No input', unit: 'count', more: 'bad', hint: 'Visits that ended without an answer.' },
  visits_transfer: { label: 'Transferred', unit: 'count', more: 'neutral', hint: 'Visits that ended with a transfer.' },
  visits_disconnect: { label: 'Hung up', unit: 'count', more: 'bad', hint: 'Visits in which the caller hung up.' },
  moves: {
    label: 'Moves',
    unit: 'count',
    more: 'neutral',
    hint: 'Moves from one form item to the next within a call.',
  },
  callers: {
    label: 'Callers',
    unit: 'count',
    more: 'neutral',
    hint: 'Different callers; withheld numbers are not counted.',
  },
};
