import { resolve } from 'node:path';
import type { Command } from 'commander';
import { parseStoreUrl, type StoreUrl } from '../../config.ts';
import type { VerifyReport } from '../../store/call-store.ts';
import { type Store, StoreUnavailable } from '../../store/store.ts';
import { type Cli, CommandError, type StoreRole, UsageError } from '../cli.ts';
import { type Comparison, compareReports } from '../copy/comparison.ts';
import { type Passed, Transfer } from '../copy/transfer.ts';
import { recomputeFor } from './verify.ts';

interface Options {
  readonly from: string;
  readonly to: string;
  readonly json?: boolean;
}

/** `voxgauge copy` */
export function addCopyCommand(program: Command, cli: Cli): void {
  program
    .command('copy')
    .description('copy everything into another store, also while servers work in the first; run again, it goes on')
    .requiredOption('--from <store>', 'sqlite:FOLDER, sqlite for the data folder, or postgres://…')
    .requiredOption('--to <store>', 'an empty store, or an earlier copy of the same one')
    .option('--json', 'print JSON')
    .action((options: Options) => copy(cli, options));
}

/** Two stores that are open, and what they are called in messages: no password is in there. */
interface Stores {
  readonly from: Store;
  readonly to: Store;
  readonly names: Readonly<Record<StoreRole, string>>;
}

/** Passes at the most, and documents of a pass that are nearly nothing. */
const mostPasses = 10;
const nearlyNothing = 100;
/** How often reports are compared while the source takes calls. */
const mostRounds = 4;

async function copy(cli: Cli, options: Options): Promise<void> {
  const places = { from: parsePlace('from', options.from), to: parsePlace('to', options.to) };
  if (identityOf(cli, places.from) === identityOf(cli, places.to)) {
    throw new UsageError('--from and --to name the same store; name another one in --to');
  }
  try {
    const from = await cli.openStoreAt(places.from, 'from');
    const to = await cli.openStoreAt(places.to, 'to');
    const names = { from: nameOf(cli, places.from), to: nameOf(cli, places.to) };
    await copyStore(cli, { from, to, names }, options);
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    throw new CommandError(`${error.message}; run the same command again to go on`, { cause: error });
  }
}

/** check and copy → verify → compare → tell */
async function copyStore(cli: Cli, stores: Stores, { json = false }: Options): Promise<void> {
  const copying = new Copying(new Transfer({ cli, ...stores }));
  await copying.begin();
  await copying.settle();
  const verified = await verify(cli, stores, copying);
  const comparison = await compare(cli, stores, copying);
  tell(cli, { stores, copying, verified, comparison }, json);
}

/** A transfer with what it has done so far. */
class Copying {
  readonly #transfer: Transfer;
  readonly done = { passes: 0, documents: 0, rejects: 0 };
  /** Whether the last pass for what is new has found documents. */
  isSourceBusy = false;

  constructor(transfer: Transfer) {
    this.#transfer = transfer;
  }

  begin(): Promise<void> {
    return this.#transfer.check();
  }

  /** Until a pass finds nearly nothing: the source may take calls meanwhile. */
  async settle(): Promise<void> {
    await this.pass();
    for (let passes = 1; passes < mostPasses; passes += 1) {
      const { documents } = await this.pass();
      if (documents <= nearlyNothing) break;
    }
    await this.#transfer.finish();
  }

  /** One more pass; returns whether it has found documents. */
  async catchUp({ isWhole = false } = {}): Promise<boolean> {
    const { documents } = await this.pass({ isWhole });
    await this.#transfer.finish();
    return documents > 0;
  }

  async pass({ isWhole = false } = {}): Promise<Passed> {
    const passed = await this.#transfer.pass({ isWhole });
    this.done.passes += 1;
    this.done.documents += passed.documents;
    this.done.rejects += passed.rejects;
    // What a whole pass finds may have been there for long.
    if (!isWhole) this.isSourceBusy = this.done.passes > 1 && passed.documents > 0;
    return passed;
  }
}

/** A source that was rebuilt has other sums of documents that were copied before: then each is looked at once more. */
async function verify(cli: Cli, { to, names }: Stores, copying: Copying): Promise<VerifyReport> {
  const recompute = await recomputeFor(cli);
  const first = await to.calls.verify(recompute);
  if (first.differences === 0) return first;
  cli.say(`${names.to}: ${first.differences} rows of sums differ from its calls; looking at every call once more`);
  await copying.catchUp({ isWhole: true });
  const second = await to.calls.verify(recompute);
  if (second.differences === 0) return second;
  throw new CommandError(
    `${second.differences} rows of sums in ${names.to} are not what its calls say, as it was copied from ${names.from}; run "voxgauge rebuild" there, then this command again`,
  );
}

/** Compares until nothing differs, or nothing helps: what differs may have come to the source meanwhile. */
async function compare(cli: Cli, { from, to, names }: Stores, copying: Copying): Promise<Comparison> {
  const { Calendars } = await import('../../ingest/document-reader.ts');
  const calendars = new Calendars();
  let wasWhole = false;
  for (let round = 1; ; round += 1) {
    const comparison = await compareReports({ from, to, calendars });
    if (comparison.differing.length === 0 || round === mostRounds || wasWhole) return comparison;
    cli.say(`${names.to}: ${comparison.differing.length} reports differ; copying what has come meanwhile`);
    if (await copying.catchUp()) continue;
    await copying.catchUp({ isWhole: true });
    wasWhole = true;
  }
}

interface Told {
  readonly stores: Stores;
  readonly copying: Copying;
  readonly verified: VerifyReport;
  readonly comparison: Comparison;
}

const mostSaid = 10;

function tell(cli: Cli, { stores, copying, verified, comparison }: Told, json: boolean): void {
  const { names } = stores;
  const { passes, documents, rejects } = copying.done;
  const { reports, differing } = comparison;
  const isBusy = copying.isSourceBusy;
  if (json) {
    const done = { passes, documents, rejects, verified_documents: verified.documents, compared_reports: reports };
    cli.print(JSON.stringify({ ...names, ...done, differing_reports: differing, is_source_busy: isBusy }));
  } else {
    cli.print(
      `${names.to}: ${documents} calls and ${rejects} rejects copied, ${verified.documents} calls verified, ${reports} reports compared, ${differing.length} that differ`,
    );
    for (const report of differing.slice(0, mostSaid)) cli.say(`differs: ${report}`);
  }
  const busy = `${names.from} is still taking calls: stop its servers, and run this command once more`;
  if (differing.length > 0 && isBusy) throw new CommandError(busy);
  if (differing.length > 0) {
    throw new CommandError(
      `reports of ${names.to} are not those of ${names.from}; run "voxgauge verify" there, and where it finds something "voxgauge rebuild"; then copy into an empty store`,
    );
  }
  if (isBusy) cli.say(busy);
}

function parsePlace(role: StoreRole, value: string): StoreUrl {
  const place = parseStoreUrl(value);
  if (place.ok) return place.value;
  // A URL that cannot be read may have a password anywhere.
  const got = value.includes('@') ? 'something that is not shown, for it may hold a password' : `"${value}"`;
  throw new UsageError(`--${role} must be ${place.error}, got ${got}`);
}

const folderOf = (cli: Cli, folder: string | null): string => folder ?? cli.config.data;

function nameOf(cli: Cli, place: StoreUrl): string {
  if (place.kind === 'sqlite') return `sqlite:${folderOf(cli, place.folder)}`;
  const { host, pathname, searchParams } = new URL(place.url);
  return `postgres://${searchParams.get('host') ?? host}${pathname}`;
}

const identityOf = (cli: Cli, place: StoreUrl): string =>
  place.kind === 'sqlite' ? resolve(folderOf(cli, place.folder)) : place.url;
