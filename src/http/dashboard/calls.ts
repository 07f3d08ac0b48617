import type { RouteHandlerMethod } from 'fastify';
import { type CallFilter, isWanted } from '../../domain/call-filter.ts';
import { failed, ok, type Result } from '../../domain/result.ts';
import type { User } from '../../store/access-store.ts';
import type { CallRecord, NumberSet } from '../../store/call-store.ts';
import { summaryOf } from '../../wire/dashboard/call-answer.ts';
import { parseCallFilter, parseCallQuery, parseCallSpan } from '../../wire/dashboard/call-query.ts';
import type { CallList, CallQuery } from '../../wire/dashboard/calls.ts';
import { printInstant } from '../../wire/instant.ts';
import type { ParameterProblem } from '../../wire/query-string.ts';
import { notACursor } from '../report-answer.ts';
import { queryOf } from '../surface.ts';
import { wrong } from './body.ts';
import { parsePlace, printPlace } from './call-cursor.ts';
import { type CallSearch, type CallsFound, searchCalls } from './call-search.ts';
import { type Sought, spansOf } from './call-spans.ts';
import { type Answer, type Asked, forUsers } from './caller.ts';
import type { DashboardContext } from './context.ts';
import { visibleNumbers } from './report.ts';
import type { Turns } from './turns.ts';

/** How long a search goes on before it says how far it has come. */
const longestSearchMs = 250;
const usualCalls = 50;

/** `GET /dashboard/calls`: parse → leave out days by the sums → walk the documents → print. */
export const callsHandler = (context: DashboardContext, turns: Turns): RouteHandlerMethod =>
  forUsers(context, (asked) => turns.take(asked.user.userId, () => answer(asked, context)));

async function answer({ request, user }: Asked, context: DashboardContext): Promise<Answer> {
  const query = queryOf(request);
  const search = await searchOf(user, query, context);
  if (!search.ok) return failed(wrong(search.error));
  const endMs = performance.now() + longestSearchMs;
  // Nobody reads what is found for a connection that is gone.
  const isSpent = () => request.socket.destroyed || performance.now() > endMs;
  const found = await searchCalls(search.value, { store: context.store.calls, isSpent });
  return ok(listOf(found, { query, timeZone: user.account.timeZone }));
}

async function searchOf(
  user: User,
  text: URLSearchParams,
  context: DashboardContext,
): Promise<Result<CallSearch, ParameterProblem>> {
  const query = parseCallQuery(text);
  if (!query.ok) return query;
  const { cursor, limit = usualCalls, id } = query.value;
  const after = cursor === undefined ? null : parsePlace(cursor, text);
  if (cursor !== undefined && after === null) return failed(notACursor(cursor));
  const sought = await soughtOf(user, query.value, context);
  if (!sought.ok) return sought;
  const whole = id === undefined ? null : await callOfId(user, id, sought.value.numbers, context);
  const spans = whole === null ? await spansOf(sought.value, context) : spanOfCall(whole, sought.value);
  const { accountId, numbers, filter } = sought.value;
  const isOther = (record: CallRecord) => whole !== null && record.callId !== whole.callId;
  return ok({ accountId, numbers, spans, after, limit, read: readerOf(user, { filter, isOther }, context) });
}

async function soughtOf(
  user: User,
  query: CallQuery,
  { calendars, store, readPhone }: DashboardContext,
): Promise<Result<Sought, ParameterProblem>> {
  const { accountId, country, timeZone } = user.account;
  const calendar = calendars.of(timeZone);
  const span = parseCallSpan(query, calendar);
  if (!span.ok) return span;
  const filter = parseCallFilter(query, { readPhone, country });
  if (!filter.ok) return filter;
  const numbers = await visibleNumbers(user, query.number, { store, readPhone });
  if (!numbers.ok) return numbers;
  return ok({ accountId, numbers: numbers.value, filter: filter.value, span: span.value, calendar });
}

/** The call whose whole id was given: it need not be searched for among all others. */
async function callOfId(
  { userId, account: { accountId } }: User,
  id: string,
  numbers: NumberSet,
  { store }: DashboardContext,
): Promise<CallRecord | null> {
  const record = await store.calls.read(accountId, id);
  if (record === null) return null;
  const isListed = numbers.kind !== 'listed' || numbers.phones.includes(record.phone);
  return isListed && (await store.numbers.isVisible(accountId, userId, record.phone)) ? record : null;
}

function spanOfCall({ startedAtMs }: CallRecord, { span }: Sought) {
  const isWithin = span.fromMs <= startedAtMs && startedAtMs <= span.toMs;
  return isWithin ? [{ fromMs: startedAtMs, toMs: startedAtMs }] : [];
}

interface Reading {
  readonly filter: CallFilter;
  readonly isOther: (record: CallRecord) => boolean;
}

function readerOf({ account }: User, { filter, isOther }: Reading, { intake }: DashboardContext): CallSearch['read'] {
  const reader = intake.readerFor(account);
  return (record) => {
    if (isOther(record)) return null;
    const call = reader.callOf(record.document, record.phone);
    return isWanted(call, filter) ? call : null;
  };
}

function listOf(
  { calls, next, searchedBackToMs }: CallsFound,
  { query, timeZone }: { readonly query: URLSearchParams; readonly timeZone: string },
): CallList {
  return {
    calls: calls.map(({ call, record }) => summaryOf({ ...record, call }, timeZone)),
    next: next === null ? null : printPlace(next, query),
    searched_back_to: searchedBackToMs === null ? null : printInstant(searchedBackToMs, timeZone),
  };
}
