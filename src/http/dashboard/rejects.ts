import type { RouteHandlerMethod } from 'fastify';
import { failed, ok, type Result } from '../../domain/result.ts';
import { decodeUtf8 } from '../../ingest/lines.ts';
import { type Retried, retryReject } from '../../ingest/retry.ts';
import type { User } from '../../store/access-store.ts';
import type { Reject } from '../../store/call-store.ts';
import { parseRejectRetry } from '../../wire/dashboard/bodies.ts';
import type { RejectDetail, RejectList, RejectSummary, RetryAnswer } from '../../wire/dashboard/settings.ts';
import { printInstant } from '../../wire/instant.ts';
import { preview } from '../../wire/problem.ts';
import type { DetailedProblem } from '../problem-details.ts';
import { httpProblem } from '../problems.ts';
import { queryOf } from '../surface.ts';
import { logChange } from './audit.ts';
import { readBody, wrong } from './body.ts';
import { type Asked, forUsers } from './caller.ts';
import type { DashboardContext } from './context.ts';
import { idOf } from './id.ts';
import { nameOf } from './numbers.ts';

/** Documents may be large, so few are held at once. */
const rejectsPerPage = 50;
/** How many pages are looked through for those of a user, before the answer says from where to go on. */
const mostPages = 10;

/** `GET /dashboard/rejects?after=ID` */
export const listRejects = (context: DashboardContext): RouteHandlerMethod =>
  forUsers(context, async ({ request, user }) => {
    const after = afterOf(queryOf(request));
    if (!after.ok) return after;
    const { rejects, next } = await pageFor(user, after.value, context);
    const names = await namesOf(context);
    const list: RejectList = {
      rejects: rejects.map((each) => summaryOf(each, { names, timeZone: user.account.timeZone })),
      next,
      total: await context.store.rejects.count(user.account.accountId),
    };
    return ok(list);
  });

function afterOf(query: URLSearchParams): Result<number, DetailedProblem> {
  const given = query.get('after');
  if (given === null) return ok(0);
  if (/^\d{1,15}$/.test(given)) return ok(Number(given));
  return failed(
    wrong({ parameter: 'after', error: `must be "next" of an answer, a whole number, got ${preview(given)}` }),
  );
}

/** Administrators have those of the account, others those that came in with their keys. */
const isOf = (user: User, { account, sender }: Reject): boolean =>
  account.accountId === user.account.accountId && (user.isAdmin || sender.userId === user.userId);

async function pageFor(
  user: User,
  after: number,
  { store }: DashboardContext,
): Promise<{ readonly rejects: readonly Reject[]; readonly next: number | null }> {
  const rejects: Reject[] = [];
  let afterId = after;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await store.rejects.list({ accountId: user.account.accountId, afterId, limit: rejectsPerPage });
    for (const reject of page) {
      if (rejects.length === rejectsPerPage) return { rejects, next: afterId };
      if (isOf(user, reject)) rejects.push(reject);
      afterId = reject.rejectId;
    }
    if (page.length < rejectsPerPage) return { rejects, next: null };
  }
  return { rejects, next: afterId };
}

type Names = ReadonlyMap<number, User>;

const namesOf = async ({ store }: DashboardContext): Promise<Names> =>
  new Map((await store.accounts.users()).map((user) => [user.userId, user]));

function summaryOf(
  { rejectId, callId, sender, path, error, times, firstAtMs, lastAtMs }: Reject,
  { names, timeZone }: { readonly names: Names; readonly timeZone: string },
): RejectSummary {
  const user = names.get(sender.userId);
  if (user === undefined) throw new Error(`reject ${rejectId} is of a user who is not there`);
  return {
    id: rejectId,
    call_id: callId,
    user: nameOf(user),
    path,
    error,
    times,
    first_at: printInstant(firstAtMs, timeZone),
    last_at: printInstant(lastAtMs, timeZone),
  };
}

async function findReject(
  { request, user }: Asked,
  { store }: DashboardContext,
): Promise<Result<Reject, DetailedProblem>> {
  const id = idOf(request);
  if (!id.ok) return id;
  const reject = await store.rejects.find(id.value);
  if (reject !== null && isOf(user, reject)) return ok(reject);
  return failed(
    httpProblem('unknown', `nothing of yours is kept under ${id.value}; GET /dashboard/rejects lists what is`),
  );
}

/** `GET /dashboard/rejects/{id}` */
export const showReject = (context: DashboardContext): RouteHandlerMethod =>
  forUsers(context, async (asked) => {
    const reject = await findReject(asked, context);
    if (!reject.ok) return reject;
    const names = await namesOf(context);
    const detail: RejectDetail = {
      reject: summaryOf(reject.value, { names, timeZone: asked.user.account.timeZone }),
      document: decodeUtf8(reject.value.document),
    };
    return ok(detail);
  });

/** `POST /dashboard/rejects/{id}/retry` */
export const retry = (context: DashboardContext): RouteHandlerMethod =>
  forUsers(context, async (asked) => {
    const reject = await findReject(asked, context);
    if (!reject.ok) return reject;
    const body = readBody(asked.request, parseRejectRetry);
    if (!body.ok) return body;
    const retried = await retryReject(reject.value, body.value.document ?? null, context);
    if (!retried.ok) return failed(httpProblem('unavailable'));
    const isCorrected = body.value.document !== undefined;
    logChange(asked, 'document retried', { id: reject.value.rejectId, isCorrected, became: retried.value.kind });
    return ok(answerOf(retried.value));
  });

function answerOf(retried: Retried): RetryAnswer {
  switch (retried.kind) {
    case 'taken':
      return { taken: true, call_id: retried.callId, outcome: retried.outcome };
    case 'outdated':
      return { taken: false, path: '/revision', error: outdated };
    case 'rejected':
      return { taken: false, path: retried.reason.path, error: retried.reason.error };
    default:
      return retried satisfies never;
  }
}

const outdated =
  'must be higher than that of what is stored of the call, which came in later than this and would be replaced; drop this document, or give it a higher revision';

/** `DELETE /dashboard/rejects/{id}`: the document is gone for good. */
export const dropReject = (context: DashboardContext): RouteHandlerMethod =>
  forUsers(context, async (asked) => {
    const reject = await findReject(asked, context);
    if (!reject.ok) return reject;
    await context.store.rejects.drop([reject.value.rejectId]);
    logChange(asked, 'document dropped', { id: reject.value.rejectId });
    return ok(null);
  });
