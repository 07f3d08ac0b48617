import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReadPhone } from '../domain/phone.ts';
import { failed, ok, type Result } from '../domain/result.ts';
import type { Month } from '../domain/retention.ts';
import {
  type Account,
  type NewReject,
  type RecordedCall,
  type RecordOutcome,
  type Sender,
  type Store,
  tooOldReason,
  type Unavailable,
  unknownNumberReason,
} from '../store/store.ts';
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
    const reader = this.readerFor(from.account);
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
    const written = await this.#write(read, from, { summary, firstIndex: 0, onBatch: async () => {} });
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
    const reader = this.readerFor(from.account);
    let read: ReadDocument[] = [];
    let characters = 0;
    let sinceTurn = 0;
    let firstIndex = 0;
    let writing: Promise<Result<null, Unavailable>> = Promise.resolve(ok(null));
    const writeBatch = async () => {
      const written = await writing;
      if (!written.ok) return written;
      writing = this.#write(read, from, { summary, firstIndex, onBatch });
      // Whoever awaits it meets its failure, which until then is not one that nobody has handled.
      writing.catch(() => {});
      firstIndex += read.length;
      read = [];
      characters = 0;
      return written;
    };
    try {
      for await (const document of documents) {
        read.push(reader.read(document));
        characters += document.length;
        sinceTurn += document.length;
        if (sinceTurn > charactersPerTurn) {
          sinceTurn = 0;
          await nextTurn();
        }
        if (read.length < documentsPerBatch && characters < charactersPerBatch) continue;
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

  async #write(read: readonly ReadDocument[], { sender }: From, into: Into): Promise<Written> {
    if (read.length === 0) return ok(null);
    const calls = read.flatMap((document) => (document.kind === 'call' ? [document.call] : []));
    const rejects = read.flatMap((document) => (document.kind === 'reject' ? [document.reject] : []));
    const store = this.#options.store.calls;
    const recorded = await store.record(sender, { calls, rejects }, this.#options.nowMs());
    if (!recorded.ok) return recorded;
    const keptFrom = recorded.value.includes('tooOld') ? await store.keptFrom() : null;
    const { summary, firstIndex } = into;
    const batch = emptySummary();
    const outcomes = recorded.value.values();
    for (const [place, document] of read.entries()) {
      const index = firstIndex + place;
      if (document.kind === 'call') {
        count([batch, summary], { index, call: document.call, outcome: outcomes.next().value, keptFrom });
      } else for (const into of [batch, summary]) countRejected(into, { index, ...rejectionOf(document.reject) });
    }
    this.#options.onSummary?.(batch);
    await into.onBatch(batch, firstIndex + read.length);
    return ok(null);
  }
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
