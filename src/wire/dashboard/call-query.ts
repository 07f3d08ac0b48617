import { Compile } from 'typebox/compile';
import type { DayRange } from '../../domain/buckets.ts';
import type { Calendar } from '../../domain/calendar.ts';
import type { CallFilter } from '../../domain/call-filter.ts';
import type { ReadPhone } from '../../domain/phone.ts';
import { failed, ok, type Result } from '../../domain/result.ts';
import { parseDayRange } from '../day-range.ts';
import { parseInstantMs } from '../instant.ts';
import { preview } from '../problem.ts';
import { type ParameterProblem, parseQuery, type QueryForm } from '../query-string.ts';
import { isoDay } from '../reports/request.ts';
import { CallQuery } from './calls.ts';

const compiled = Compile(CallQuery);
const form: QueryForm<CallQuery> = {
  what: 'the list of calls',
  names: Object.keys(CallQuery.properties),
  listed: new Set(['number']),
  valueOf: (name, text) =>
    (name === 'limit' && /^\d{1,9}$/.test(text)) || (name === 'slower_than' && /^\d{1,9}(\.\d{1,9})?$/.test(text))
      ? Number(text)
      : text,
  check: (given) => compiled.Check(given),
  errors: (given) => compiled.Errors(given),
};

export const parseCallQuery = (query: URLSearchParams): Result<CallQuery, ParameterProblem> => parseQuery(query, form);

/** When the calls started that are looked for. */
export interface CallSpan {
  readonly range: DayRange;
  /** UNIX milliseconds, both inclusive: the days, and within them what `from` and `until` leave. Nothing where `toMs` is before `fromMs`. */
  readonly fromMs: number;
  readonly toMs: number;
}

export function parseCallSpan(query: CallQuery, calendar: Calendar): Result<CallSpan, ParameterProblem> {
  const range = parseDayRange(query, isoDay, calendar);
  if (!range.ok) return failed({ parameter: range.error.part, error: range.error.error });
  const from = parseBound('from', query.from);
  if (!from.ok) return from;
  const until = parseBound('until', query.until);
  if (!until.ok) return until;
  const { first, last } = range.value;
  return ok({
    range: range.value,
    fromMs: Math.max(calendar.startOf(first) * 1000, from.value ?? Number.NEGATIVE_INFINITY),
    toMs: Math.min(calendar.startOf(last + 1) * 1000, until.value ?? Number.POSITIVE_INFINITY) - 1,
  });
}

/** Calls start at whole milliseconds: an instant within one leaves that one out. */
function parseBound(parameter: 'from' | 'until', text: string | undefined): Result<number | null, ParameterProblem> {
  if (text === undefined) return ok(null);
  const atMs = parseInstantMs(text);
  if (atMs === null) {
    const error = `must be an RFC 3339 instant such as 2018-02-07T10:00:00-05:00, got ${preview(text)}`;
    return failed({ parameter, error });
  }
  return ok(/\.\d{3}\d*[1-9]/.test(text) ? atMs + 1 : atMs);
}

const fewestEndingDigits = 4;

/** What the parameters ask of a call, besides when it started and its number. */
export function parseCallFilter(
  query: CallQuery,
  { readPhone, country }: { readonly readPhone: ReadPhone; readonly country: string },
): Result<CallFilter, ParameterProblem> {
  const { id, caller, application, outcome, region, error, page, slower_than: slowerThan } = query;
  const wanted = caller === undefined ? null : callerOf(caller, readPhone(caller, country).number);
  if (wanted !== null && wanted.number === '') {
    return failed({ parameter: 'caller', error: `must have digits, got ${preview(caller)}` });
  }
  const move = moveOf(query);
  return ok({
    id: id ?? null,
    caller: wanted,
    application: application ?? null,
    outcome: outcome ?? null,
    region: region ?? null,
    error: error ?? null,
    page: page ?? null,
    visit: visitOf(query, move),
    move,
    slowerThanMs: slowerThan === undefined ? null : millisecondsOf(slowerThan),
  });
}

/** Seconds of at most nine decimal places. As a binary fraction, 1.001 times 1000 would be less than 1001. */
const millisecondsOf = (seconds: number): number => Math.round(seconds * 1e9) / 1e6;

/** What begins with a plus sign is a whole number; anything else may be the end of one. */
function callerOf(spelled: string, number: string): NonNullable<CallFilter['caller']> {
  const digits = spelled.replace(/\D/g, '');
  const isWhole = spelled.trimStart().startsWith('+') || digits.length < fewestEndingDigits;
  return { number, ending: isWhole ? null : digits };
}

/** The start and the end of a call are nodes without page and form. */
function moveOf(query: CallQuery): CallFilter['move'] {
  const { page, form: inForm, item, to_page: toPage, to_form: toForm, to_item: toItem } = query;
  if (toPage === undefined && toForm === undefined && toItem === undefined) return null;
  const isFromStart = page === undefined && inForm === undefined && item === 'start';
  const isToEnd = toPage === undefined && toForm === undefined;
  return {
    from: nodeOf(isFromStart, { page, form: inForm, item }),
    to: nodeOf(isToEnd, { page: toPage, form: toForm, item: toItem }),
  };
}

interface GivenNode {
  readonly page: string | undefined;
  readonly form: string | undefined;
  readonly item: string | undefined;
}

const nodeOf = (isOutside: boolean, { page, form: inForm, item }: GivenNode) => ({
  page: page ?? (isOutside ? '' : null),
  form: inForm ?? (isOutside ? '' : null),
  item: item ?? null,
});

/** A visit that is only where a move begins need not be looked for once more; the start of a call is none. */
function visitOf(query: CallQuery, move: CallFilter['move']): CallFilter['visit'] {
  const { page, form: inForm, item, item_outcome: outcome } = query;
  const isAsked = outcome !== undefined || (move === null && (inForm !== undefined || item !== undefined));
  if (!isAsked) return null;
  const isStart = move?.from.page === '';
  return {
    page: page ?? null,
    form: inForm ?? null,
    item: isStart ? null : (item ?? null),
    outcome: outcome ?? null,
  };
}
