import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReadPhone } from '../domain/phone.ts';
import { failed, ok, type Result } from '../domain/result.ts';
import type { Month } from '../domain/retention.ts';
import type { Account, AccountId } from '../store/access-store.ts';
import {
  type NewReject,
  type RecordedCall,
  type RecordOutcome,
  type Sender,
  tooOldReason,
  type Unavailable,
  unknownNumberReason,
} from '../store/call-store.ts';
import type { Store } from '../store/store.ts';
import { elementTexts } from '../wire/json-text.ts';
import { type Calendars, DocumentReader, type ReadDocument } from './document-reader.ts';
import { countOutcome, countRejected, emptySummary, type Summary } from './summary.ts';

export interface IntakeOptions {
  readonly store: Store;
  readonly calendars: Calendars;
  readonly readPhone: ReadPhone;
  readonly nowMs: () => number;
  readonly maxDocumentBytes: number;
  readonly maxEvents: number;
  /** Told of every batch that was written. */
  readonly onSummary?: (summary: Summary) => void;
}

/** What is read in one go before others get their turn, in characters of documents: a few milliseconds. */
const charactersPerTurn = 65_536;
/** What of a stream is written together: so many documents, or so many characters of them. */
const documentsPerBatch = 1000;
const charactersPerBatch = 4_194_304;

export type NotJson = { readonly kind: 'notJson'; readonly error: string };

/**
 * Takes documents in, wherever they come from: read each → record all → count outcomes. The endpoint, the command line and the
 * demo go through here.
 */
export class Intake {
  readonly #options: IntakeOptions;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  readerFor(account: Account): DocumentReader {
    return new DocumentReader(account, this.#options);
  }

  /** Takes a JSON body: one document, or an array of them. Everything in it is written in one transaction, or nothing. */
  async takeJson(text: string, from: From): Promise<Result<Summary, NotJson | Unavailable>> {
    const isArray = text.trimStart().startsWith('[');
    const texts = isArray ? elementTexts(text) : ok([text.trim()]);
    if (!texts.ok) return failed({ kind: 'notJson', error: texts.error });
    const read: ReadDocument[] = [];
    const taking = this.#taking(from);
    const { reader } = taking;
    let characters = 0;
    for (const [index, document] of texts.value.entries()) {
      characters += document.length;
      if (characters > charactersPerTurn) {
        characters = 0;
        await nextTurn();
      }
      const result = reader.read(document);
      if (result.kind === 'reject' && !result.isJson) {
        return failed({
          kind: 'notJson',
          error: isArray ? `element ${index} ${result.reject.error}` : result.reject.error,
        });
      }
      read.push(result);
    }
    const summary = emptySummary();
    const into = { summary, firstIndex: 0, onBatch: async () => {} };
    const written = await this.#write(taking, { read, reader }, into);
    return written.ok ? ok(summary) : written;
  }

  /**
   * Takes a stream of documents, a batch at a time: the next is read while the last is being written, and no further. Ends
   * early when the store is unavailable; what was counted by then has been taken.
   */
  async takeStream(
    documents: AsyncIterable<string | Uint8Array>,
    from: From,
    onBatch: OnBatch = async () => {},
  ): Promise<Result<Summary, Unavailable>> {
    const summary = emptySummary();
    const taking = this.#taking(from);
    let batch = newBatch(taking);
    let characters = 0;
    let sinceTurn = 0;
    let firstIndex = 0;
    let writing: Promise<Result<null, Unavailable>> = Promise.resolve(ok(null));
    const writeBatch = async () => {
      const written = await writing;
      if (!written.ok) return written;
      writing = this.#write(taking, batch, { summary, firstIndex, onBatch });
      // Whoever awaits it meets its failure, which until then is not one that nobody has handled.
      writing.catch(() => {});
      firstIndex += batch.read.length;
      batch = newBatch(taking);
      characters = 0;
      return written;
    };
    try {
      for await (const document of documents) {
        batch.read.push(batch.reader.read(document));
        characters += document.length;
        sinceTurn += document.length;
        if (sinceTurn > charactersPerTurn) {
          sinceTurn = 0;
          await nextTurn();
        }
        if (batch.read.length < documentsPerBatch && characters < charactersPerBatch) continue;
        const written = await writeBatch();
        if (!written.ok) return written;
      }
      await writeBatch();
    } finally {
      await writing;
    }
    const written = await writing;
    return written.ok ? ok(summary) : written;
  }

  #taking({ account, sender }: From): Taking {
    return { accountId: account.accountId, sender, reader: this.readerFor(account) };
  }

  async #write(taking: Taking, { read, reader }: ReadBatch, into: Into): Promise<Written> {
    if (read.length === 0) return ok(null);
    const recorded = await this.#record(taking, { read, reader });
    if (!recorded.ok) return recorded;
    const { documents, outcomes } = recorded.value;
    const keptFrom = outcomes.includes('tooOld') ? await this.#options.store.calls.keptFrom() : null;
    const { summary, firstIndex } = into;
    const batch = emptySummary();
    const found = outcomes.values();
    for (const [place, document] of documents.entries()) {
      const index = firstIndex + place;
      if (document.kind === 'call') {
        count([batch, summary], { index, call: document.call, outcome: found.next().value, keptFrom });
      } else for (const into of [batch, summary]) countRejected(into, { index, ...rejectionOf(document.reject) });
    }
    this.#options.onSummary?.(batch);
    await into.onBatch(batch, firstIndex + read.length);
    return ok(null);
  }

  /** Where the account has another time zone by now, what was read is read once more. */
  async #record(taking: Taking, { read, reader }: ReadBatch): Promise<Result<RecordedBatch, Unavailable>> {
    const { store, nowMs } = this.#options;
    let [documents, zoned]: [readonly ReadDocument[], DocumentReader] = [read, reader];
    for (let changes = 0; changes <= mostZoneChanges; changes += 1) {
      const calls = documents.flatMap((document) => (document.kind === 'call' ? [document.call] : []));
      const rejects = documents.flatMap((document) => (document.kind === 'reject' ? [document.reject] : []));
      const batch = { calls, rejects, timeZone: zoned.timeZone };
      const recorded = await store.calls.record(taking.sender, batch, nowMs());
      if (recorded.ok) return ok({ documents, outcomes: recorded.value });
      if (recorded.error.kind === 'unavailable') return failed(recorded.error);
      zoned = await this.#readerNow(taking.accountId);
      taking.reader = zoned;
      documents = await readAgain(documents, zoned);
    }
    return failed({ kind: 'unavailable', reason: 'the time zone of the account changes all the time' });
  }

  async #readerNow(accountId: AccountId): Promise<DocumentReader> {
    const accounts = await this.#options.store.accounts.list();
    const account = accounts.find((each) => each.accountId === accountId);
    if (account === undefined) throw new Error(`there is no account ${accountId}`);
    return this.readerFor(account);
  }
}

/** How often in a row a batch may meet another time zone than the one that it was read for. */
const mostZoneChanges = 10;

async function readAgain(read: readonly ReadDocument[], reader: DocumentReader): Promise<readonly ReadDocument[]> {
  const again: ReadDocument[] = [];
  let characters = 0;
  for (const document of read) {
    again.push(document.kind === 'call' ? reader.read(document.call.document) : document);
    characters += document.kind === 'call' ? document.call.document.length : 0;
    if (characters <= charactersPerTurn) continue;
    characters = 0;
    await nextTurn();
  }
  return again;
}

/** A request, or a stream, that is being taken in. */
interface Taking {
  readonly accountId: AccountId;
  readonly sender: Sender;
  /** For what is read from now on: the settings of the account may change meanwhile. */
  reader: DocumentReader;
}

/** Documents that are written together, all read by one reader. */
interface ReadBatch {
  readonly read: ReadDocument[];
  readonly reader: DocumentReader;
}

const newBatch = ({ reader }: Taking): ReadBatch => ({ read: [], reader });

interface RecordedBatch {
  /** As they were read for the time zone by which they were recorded. */
  readonly documents: readonly ReadDocument[];
  /** Of the calls among them. */
  readonly outcomes: readonly RecordOutcome[];
}

/** Whose documents they are: the settings to read them by, and the sender to store them for. */
export interface From {
  readonly account: Account;
  readonly sender: Sender;
}

/** Told of every batch of a stream after it was written, with how many documents of the stream are done by then. */
export type OnBatch = (batch: Summary, documentsDone: number) => Promise<void>;

interface Into {
  readonly onBatch: OnBatch;
  readonly summary: Summary;
  readonly firstIndex: number;
}

type Written = Result<null, Unavailable>;

interface Counted {
  readonly index: number;
  readonly call: RecordedCall;
  readonly outcome: RecordOutcome | undefined;
  /** Of the store, once it has found a call too old. */
  readonly keptFrom: Month | null;
}

function count(summaries: readonly Summary[], { index, call, outcome, keptFrom }: Counted): void {
  if (outcome === undefined) throw new Error('the store answered fewer outcomes than it was given calls');
  for (const summary of summaries) {
    if (outcome === 'unknownNumber') {
      countRejected(summary, { index, id: call.callId, ...unknownNumberReason(call.phone) });
    } else if (outcome === 'tooOld') {
      if (keptFrom === null) throw new Error('the store found a call too old, and keeps all');
      countRejected(summary, { index, id: call.callId, ...tooOldReason(keptFrom) });
    } else countOutcome(summary, outcome);
  }
}

const rejectionOf = ({ callId, path, error }: NewReject) => ({ id: callId, path, error });
