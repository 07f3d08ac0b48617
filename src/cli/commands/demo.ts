import { type Command, InvalidArgumentError } from 'commander';
import { settings } from '../../config.ts';
import { type DemoCall, playedCalls } from '../../demo/demo-calls.ts';
import { OngoingCalls } from '../../demo/ongoing-calls.ts';
import { rejectedCount, takenCount } from '../../ingest/summary.ts';
import { hashPassword } from '../../secrets/passwords.ts';
import { keyHint, newIngestKey, newPassword, sha256Of } from '../../secrets/tokens.ts';
import type { User } from '../../store/access-store.ts';
import type { Store } from '../../store/store.ts';
import { type Cli, CommandError, type RunningServer } from '../cli.ts';
import { Progress } from '../progress.ts';

interface Options {
  readonly port?: number;
  readonly days: number;
  readonly seed: number;
  readonly live?: boolean;
  readonly json?: boolean;
}

const timeZone = 'America/New_York';

/** The calls begin in the middle of a day, and a report spans 3660 days at the most. */
const mostDays = 3659;

/** `voxgauge demo` */
export function addDemoCommand(program: Command, cli: Cli): void {
  const count = (least: number, most: number) => (text: string) => {
    if (/^\d{1,10}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
  program
    .command('demo')
    .description('fill a fresh folder with invented calls up to now, and serve it; the folder goes when the demo stops')
    .option(
      '--port <port>',
      `port to listen on, 0 for any (default: VOXGAUGE_PORT, or ${settings.port.fallback})`,
      count(0, 65_535),
    )
    .option('--days <days>', 'days of calls', count(1, mostDays), 90)
    .option('--seed <number>', 'the same number makes the same calls', count(0, 4_294_967_295), 1)
    .option('--live', 'calls go on while it runs')
    .option('--json', 'print the address, the login and the rest as JSON')
    .action((options: Options) => demo(cli, options));
}

async function demo(cli: Cli, options: Options): Promise<void> {
  const { port } = options;
  const server = await cli.startDemoServer({ logLevel: 'warn', ...(port === undefined ? {} : { port }) });
  try {
    await fill(cli, server, options);
  } catch (error) {
    // A demo that is asked to end closes the store under the calls that are still to come; nobody will miss them.
    const isExpected = server.isStopping();
    server.stop();
    await server.stopped;
    if (!isExpected) throw error;
  }
  await server.stopped;
}

async function fill(cli: Cli, server: RunningServer, { days, seed, live, json }: Options): Promise<void> {
  const { store, address } = server;
  const nowMs = cli.nowMs();
  const { user, password } = await addUser(store, nowMs);
  const up = await addCalls(cli, server, { user, days, seed, nowMs });
  if (live) goOn(cli, server, { user, seed, nowMs, up });
  const key = newIngestKey();
  await store.keys.add({ user, sha256: sha256Of(key), hint: keyHint(key), label: 'demo', isStrict: false }, nowMs);
  const curl = reportByWeek(address, { password, days, nowMs });
  if (json) {
    return cli.print(JSON.stringify({ address, tool: user.tool, login: user.login, password, ingest_key: key, curl }));
  }
  cli.print(`address:    ${address}`);
  cli.print(`reference:  ${address}/docs`);
  cli.print(`login:      ${user.login} (tool ${user.tool}), password ${password}`);
  cli.print(`ingest key: ${key}`);
  cli.print('performance by week:');
  cli.print(`  ${curl}`);
}

async function addUser(store: Store, nowMs: number): Promise<{ readonly user: User; readonly password: string }> {
  const password = newPassword();
  const account = { name: 'demo', timeZone, country: 'US' };
  const passwordHash = await hashPassword(password);
  const added = await store.accounts.addUser(
    { tool: 'dev', login: 'demo', passwordHash, isAdmin: true, account },
    nowMs,
  );
  if (!added.ok) throw new Error('the fresh folder of the demo has a user');
  return { user: added.value.user, password };
}

/** Returns the calls that are still up. */
async function addCalls(
  cli: Cli,
  { intake }: RunningServer,
  {
    user,
    days,
    seed,
    nowMs,
  }: { readonly user: User; readonly days: number; readonly seed: number; readonly nowMs: number },
): Promise<readonly DemoCall[]> {
  const until = Temporal.Instant.fromEpochMilliseconds(nowMs);
  const progress = new Progress(cli, 'demo calls');
  const up: DemoCall[] = [];
  async function* documents() {
    for (const call of playedCalls({ seed, until, days, timeZone })) {
      if (call.endedAtMs > nowMs) up.push(call);
      yield JSON.stringify(call.documentAt(nowMs));
    }
  }
  const summary = await intake.takeStream(documents(), senderOf(user), async (_batch, done) =>
    progress.show({ documents: done, share: null }),
  );
  progress.end();
  if (!summary.ok) throw new CommandError(`the demo calls could not be stored: ${summary.error.reason}`);
  const [rejected] = summary.value.rejected;
  if (rejected !== undefined)
    throw new Error(`${rejectedCount(summary.value)} demo calls were rejected: ${rejected.error}`);
  cli.say(`${takenCount(summary.value)} calls of ${days} days`);
  return up;
}

const senderOf = (user: User) => ({
  account: user.account,
  sender: { accountId: user.account.accountId, userId: user.userId, isStrict: false },
});

interface Ongoing {
  readonly user: User;
  readonly seed: number;
  readonly nowMs: number;
  readonly up: readonly DemoCall[];
}

/** Lets calls come in until the server is stopped. */
function goOn(cli: Cli, { intake, stopped }: RunningServer, { user, seed, nowMs, up }: Ongoing): void {
  const calls = new OngoingCalls({ seed, from: Temporal.Instant.fromEpochMilliseconds(nowMs), timeZone, up });
  const send = async () => {
    const documents = calls.documentsAt(cli.nowMs());
    if (documents.length > 0) await intake.takeJson(JSON.stringify(documents), senderOf(user));
  };
  // A demo that is being stopped takes no more calls, and nobody will miss them.
  const sending = setInterval(() => send().catch(() => {}), liveEveryMs);
  stopped.finally(() => clearInterval(sending));
}

const liveEveryMs = 5000;

interface Report {
  readonly password: string;
  readonly days: number;
  readonly nowMs: number;
}

/** A line to paste: the report of all days by week. */
function reportByWeek(address: string, { password, days, nowMs }: Report): string {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).toPlainDate();
  const compact = (date: Temporal.PlainDate) => date.toString().replaceAll('-', '');
  const range = `${compact(today.subtract({ days }))}/${compact(today)}`;
  const logIn = `curl -s -d 'tool=dev&login=demo&password=${password}' ${address}/api/auth`;
  const toBasic = `sed 's/.*"login":"\\([^"]*\\)","password":"\\([^"]*\\)".*/\\1:\\2/'`;
  return `curl -s -u "$(${logIn} | ${toBasic})" ${address}/api/performance/${range}/week/ALL`;
}
