import type { Command } from 'commander';
import { callDocuments } from '../../importers/asterisk/call-documents.ts';
import { readRows } from '../../importers/asterisk/row.ts';
import type { From } from '../../ingest/intake.ts';
import { LineTooLongError, linesOf } from '../../ingest/lines.ts';
import { addSummary, emptySummary, parseSummary, rejectedCount, type Summary } from '../../ingest/summary.ts';
import { type Cli, CommandError } from '../cli.ts';
import { findUser } from '../find.ts';
import { Progress } from '../progress.ts';
import { openSource, type Source } from '../source.ts';
import { parseTimeZone } from './user.ts';

interface Options {
  readonly login: string;
  readonly tool?: string;
  readonly strict?: boolean;
  readonly restart?: boolean;
  readonly json?: boolean;
}

interface CdrOptions extends Options {
  readonly zone: string;
  readonly application?: string;
}

/** `voxgauge import …` */
export function addImportCommands(program: Command, cli: Cli): void {
  const command = program.command('import').description('take calls in from files');
  const described = (signature: string, description: string) =>
    command
      .command(signature)
      .description(description)
      .requiredOption('--login <name>', 'owner of the numbers that the calls add to the account')
      .option('--tool <tool>', 'needed where the login lives in several tools')
      .option('--strict', 'refuse calls of numbers that the account does not have')
      .option('--restart', 'read from the beginning, also where an import of the same file was interrupted')
      .option('--json', 'print JSON');
  described('calls <files...>', 'call documents, one a line: .ndjson, .ndjson.gz, or - for standard input').action(
    (files: string[], options: Options) =>
      importFiles(cli, files, { options, kind: 'calls', documentsOf: linesFrom(cli) }),
  );
  described('asterisk-cdr <files...>', "Asterisk's call detail records: Master.csv, .gz, or - for standard input")
    .requiredOption('--zone <zone>', 'IANA time zone of the times in the file; UTC where cdr.conf says usegmtime=yes')
    .option('--application <name>', 'name of the application of all calls (default: the dialplan context of each)')
    .action((files: string[], options: CdrOptions) => {
      const { zone, application } = options;
      parseTimeZone(zone, '--zone');
      const settings = { zone, ...(application === undefined ? {} : { application }) };
      return importFiles(cli, files, {
        options,
        kind: `asterisk-cdr ${JSON.stringify(settings)}`,
        documentsOf: cdrFrom(settings),
      });
    });
}

/** The documents of a byte stream. `onProblem` hears of what cannot become a document. */
type DocumentsOf = (
  bytes: AsyncIterable<Uint8Array>,
  onProblem: (problem: string) => void,
) => AsyncIterable<string | Uint8Array>;

const linesFrom = (cli: Cli): DocumentsOf =>
  async function* (bytes) {
    try {
      yield* linesOf(bytes, { maxLineBytes: cli.config.maxBodyBytes });
    } catch (error) {
      if (!(error instanceof LineTooLongError)) throw error;
      throw new CommandError(`${error.message}; VOXGAUGE_INGEST_MAX_BODY_BYTES allows longer ones`, { cause: error });
    }
  };

const cdrFrom = ({ zone, application }: { readonly zone: string; readonly application?: string }): DocumentsOf =>
  async function* (bytes, onProblem) {
    const rows = readRows(textOf(bytes), zone);
    for await (const document of callDocuments(rows, application === undefined ? {} : { application })) {
      if (document.ok) yield JSON.stringify(document.value);
      else onProblem(`line ${document.error.line}, ${document.error.field}: ${document.error.error}`);
    }
  };

/** Text in which bytes that are not UTF-8 are replaced: a display name may be in any encoding, and none of it is used. */
async function* textOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

interface Import {
  readonly options: Options;
  /** Tells imports of one file in different ways apart. */
  readonly kind: string;
  readonly documentsOf: DocumentsOf;
}

/** What became of a file so far. */
interface Imported {
  readonly file: string;
  resumed_at: number;
  unreadable: number;
  summary: Summary;
}

async function importFiles(cli: Cli, files: readonly string[], task: Import): Promise<void> {
  const { login, tool, strict = false, json = false } = task.options;
  const user = await findUser(await cli.store(), login, tool);
  const sender = { accountId: user.account.accountId, userId: user.userId, isStrict: strict };
  const sources = files.map((file) => openSource(cli, file));
  const imported: Imported[] = [];
  try {
    for (const source of sources) {
      const file: Imported = { file: source.name, resumed_at: 0, unreadable: 0, summary: emptySummary() };
      imported.push(file);
      await importFile(cli, source, { ...task, from: { account: user.account, sender }, into: file });
    }
  } finally {
    // What was taken is told also when something after it fails.
    if (json) cli.print(JSON.stringify(imported));
    else for (const file of imported) printImported(cli, file);
  }
  refuseLosses(imported);
}

function refuseLosses(imported: readonly Imported[]): void {
  if (imported.some(({ summary }) => rejectedCount(summary) > 0)) {
    throw new CommandError(
      'not everything was taken; "voxgauge rejects list" shows the documents that are kept with the reason',
    );
  }
  if (imported.some(({ unreadable }) => unreadable > 0)) {
    throw new CommandError(
      'not everything was taken; correct the lines that are named above, and import the file again',
    );
  }
}

const mostProblemsSaid = 20;

async function importFile(
  cli: Cli,
  source: Source,
  task: Import & { readonly from: From; readonly into: Imported },
): Promise<void> {
  const { calls } = await cli.store();
  const { from, into } = task;
  const { accountId } = from.account;
  const key = source.identity === null ? null : `${task.kind} ${source.identity}`;
  const saved = key === null || task.options.restart ? null : await calls.importProgress(accountId, key);
  const done = saved?.documentsDone ?? 0;
  into.resumed_at = done;
  if (saved !== null) into.summary = parseSummary(saved.summary);
  if (done > 0) cli.say(`${source.name}: goes on after ${done} calls that an earlier run has taken`);
  const onProblem = (problem: string) => {
    into.unreadable += 1;
    if (into.unreadable <= mostProblemsSaid) cli.say(`${source.name}, ${problem}`);
  };
  const progress = new Progress(cli, source.name);
  const documents = skipping(task.documentsOf(source.read(), onProblem), done);
  const intake = await cli.intake();
  const onBatch = async (batch: Summary, batchDone: number) => {
    addSummary(into.summary, batch, done);
    progress.show({ documents: done + batchDone, share: source.share() });
    const saving = { documentsDone: done + batchDone, summary: JSON.stringify(into.summary) };
    if (key !== null) await calls.saveImportProgress(accountId, key, saving, cli.nowMs());
  };
  const taken = await intake.takeStream(documents, from, onBatch).finally(() => progress.end());
  if (!taken.ok) throw new CommandError(`${source.name}: ${taken.error.reason}; run the same command again to go on`);
  if (key !== null) await calls.saveImportProgress(accountId, key, null, cli.nowMs());
}

async function* skipping<T>(values: AsyncIterable<T>, count: number): AsyncGenerator<T> {
  let skipped = 0;
  for await (const value of values) {
    if (skipped < count) skipped += 1;
    else yield value;
  }
}

const mostRejectsSaid = 10;

function printImported(cli: Cli, { file, unreadable, summary }: Imported): void {
  const { stored, replaced, unchanged, stale, rejected } = summary;
  const rest = unreadable === 0 ? '' : `, ${unreadable} unreadable`;
  for (const { index, id, path, error } of rejected.slice(0, mostRejectsSaid)) {
    cli.say(`${file}, call ${index + 1}${id === null ? '' : ` (${id})`}: ${path === '' ? 'document' : path} ${error}`);
  }
  cli.print(
    `${file}: ${stored} stored, ${replaced} replaced, ${unchanged} unchanged, ${stale} stale, ${rejectedCount(summary)} rejected${rest}`,
  );
}
