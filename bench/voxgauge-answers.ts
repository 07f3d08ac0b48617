import { dayOf } from '../src/domain/calendar.ts';
import { openStore } from '../src/store/open.ts';
import { type Account, logIn } from './account.ts';
import type { Ask, DayFigures, Question } from './databases.ts';
import { HttpConnection, requestBytes } from './http-connection.ts';

/** Asks a server over a connection that stays open, as a client would. */
export async function askOverHttp(
  address: string,
  { account, question }: { readonly account: Account; readonly question: Question },
  cleanup: AsyncDisposableStack,
): Promise<Ask> {
  const connection = await HttpConnection.open(address);
  cleanup.defer(() => connection.close());
  const { phone, firstDay, lastDay } = question;
  const path = `/api/performance/${firstDay.replaceAll('-', '')}/${lastDay.replaceAll('-', '')}/day/${phone}`;
  const headers = { authorization: await logIn(address, account), accept: 'application/json' };
  const request = requestBytes({ method: 'GET', path, headers });
  return async () => {
    const { status, body } = await connection.send(request);
    if (status !== 200) throw new Error(`${path} was answered with ${status}: ${body}`);
    return daysOf(`${body}`);
  };
}

type SeriesByName = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** `{"calls":{"1772150400":12,…},"js_errors":{…},…}` by day instead of by figure. */
function daysOf(body: string): readonly DayFigures[] {
  const series: SeriesByName = JSON.parse(body);
  const column = (name: string) => Object.values(series[name] ?? {});
  const jsErrors = column('js_errors');
  const fetchErrors = column('fetch_errors');
  const averagePageLoads = column('average_page_load');
  return column('calls').map((calls, index) => ({
    calls,
    jsErrors: jsErrors[index] ?? Number.NaN,
    fetchErrors: fetchErrors[index] ?? Number.NaN,
    averagePageLoad: averagePageLoads[index] ?? Number.NaN,
  }));
}

/** Reads the sums that the report is made of from the store, without a server. */
export async function readStore(
  folder: string,
  { phone, firstDay, lastDay }: Question,
  cleanup: AsyncDisposableStack,
): Promise<() => Promise<unknown>> {
  const store = await openStore({ kind: 'sqlite', folder }, { observer: { committed: () => {} }, nowMs: Date.now() });
  cleanup.defer(() => store.close());
  const [account] = await store.accounts.list();
  if (account === undefined) throw new Error(`the store in ${folder} has no account`);
  const day = (text: string) => dayOf(Temporal.PlainDate.from(text));
  const query = {
    accountId: account.accountId,
    numbers: { kind: 'one', phone },
    days: { first: day(firstDay), last: day(lastDay) },
  } as const;
  const { length } = await store.calls.days(query);
  if (length === 0) throw new Error(`the store in ${folder} has no calls of ${phone}`);
  return () => store.calls.days(query);
}
