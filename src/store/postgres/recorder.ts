import { failed, ok, type Result } from '../../domain/result.ts';
import type { AccountId } from '../access-store.ts';
import type { Batch, RecordOutcome, Sender, Unavailable, ZoneChanged } from '../call-store.ts';
import { type StoreObserver, StoreUnavailable } from '../store.ts';
import type { Database } from './database.ts';
import { type BatchOf, recordBatches } from './documents.ts';
import { Lost } from './failures.ts';
import type { Memory } from './memory.ts';
import { type Months, monthOf } from './months.ts';
import { lockAccount } from './writer.ts';

/** Documents that wait to be written at the most; one more is refused, and the sender tries again. */
const mostWaitingDocuments = 16_000;
/** Of one account, so that others get through while it has to wait, as for a rebuild. */
const mostWaitingOfAccount = 12_000;
/** Characters of them. */
const mostWaitingCharacters = 268_435_456;
/** Documents of one transaction at the most, so that the last of many senders does not wait for all. */
const mostDocuments = 4000;
/** Characters of them: what a message to the database holds, and what is written in a second or two. */
const mostCharacters = 33_554_432;
/** What a document has to the usual measure; a larger one takes the time of several. */
const usualCharacters = 4096;

interface Waiting extends BatchOf {
  readonly documents: number;
  readonly characters: number;
  readonly settle: (result: Recorded) => void;
  readonly fail: (error: unknown) => void;
}

type Recorded = Result<readonly RecordOutcome[], Unavailable | ZoneChanged>;

export interface RecorderOptions {
  readonly database: Database;
  readonly memory: Memory;
  readonly months: Months;
  readonly observer: StoreObserver;
}

/**
 * Writes batches, a transaction at a time for each account: what comes in for an account while one runs goes into the next (group
 * commit). Accounts do not wait for each other.
 */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #queues = new Map<AccountId, Waiting[]>();
  readonly #running = new Set<Promise<void>>();
  #waitingDocuments = 0;
  #waitingCharacters = 0;
  #isClosed = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  get waitingDocuments(): number {
    return this.#waitingDocuments;
  }

  record(sender: Sender, batch: Batch, nowMs: number): Promise<Recorded> {
    if (this.#isClosed) return Promise.reject(new Error('the store is closed'));
    const documents = batch.calls.length + batch.rejects.length;
    const characters = charactersOf(batch);
    const queue = this.#queues.get(sender.accountId);
    if (this.#isFull({ queue: queue ?? [], documents, characters })) {
      return Promise.resolve(failed({ kind: 'unavailable', reason: 'too many documents wait to be written' }));
    }
    this.#waitingDocuments += documents;
    this.#waitingCharacters += characters;
    return new Promise((settle, fail) => {
      const waiting = { sender, batch, nowMs, documents, characters, settle, fail };
      if (queue !== undefined) {
        queue.push(waiting);
        return;
      }
      this.#queues.set(sender.accountId, [waiting]);
      this.#start(sender.accountId);
    });
  }

  /** Finishes what was handed in. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#running);
  }

  /** Whether no more may wait. Whatever comes first may, however large. */
  #isFull({ queue, documents, characters }: Coming): boolean {
    if (this.#waitingDocuments === 0) return false;
    const ofAccount = queue.reduce((sum, waiting) => sum + waiting.documents, 0);
    return (
      this.#waitingDocuments + documents > mostWaitingDocuments ||
      this.#waitingCharacters + characters > mostWaitingCharacters ||
      (ofAccount > 0 && ofAccount + documents > mostWaitingOfAccount)
    );
  }

  #start(accountId: AccountId): void {
    const running = this.#writeAll(accountId).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #writeAll(accountId: AccountId): Promise<void> {
    const queue = this.#queues.get(accountId) ?? [];
    while (queue.length > 0) {
      // What else arrives in this turn of the event loop goes along.
      await new Promise(setImmediate);
      const problem = await this.#writeTogether(accountId, takeBatches(queue));
      // What has come in meanwhile would only wait as long. Not so where others had all connections, who may be done by now.
      if (problem !== null && !isCrowd(problem)) this.#refuse(queue.splice(0), problem);
    }
    this.#queues.delete(accountId);
  }

  /** Settles the batches; returns why the database could not be used, if so. */
  async #writeTogether(accountId: AccountId, batches: readonly Waiting[]): Promise<StoreUnavailable | null> {
    const startedMs = performance.now();
    try {
      const outcomes = await this.#write(accountId, batches);
      this.#done(batches, performance.now() - startedMs);
      for (const [index, { settle }] of batches.entries()) {
        const found = outcomes[index] ?? null;
        settle(found === null ? failed({ kind: 'zoneChanged' }) : ok(found));
      }
      return null;
    } catch (error) {
      // What makes the database unavailable concerns all of them.
      if (error instanceof StoreUnavailable) {
        this.#refuse(batches, error, performance.now() - startedMs);
        return error;
      }
      // One batch must not fail another: each is tried on its own.
      if (batches.length > 1) return this.#writeOneByOne(accountId, batches);
      this.#done(batches, performance.now() - startedMs);
      for (const { fail } of batches) fail(error);
      return null;
    }
  }

  async #writeOneByOne(accountId: AccountId, batches: readonly Waiting[]): Promise<StoreUnavailable | null> {
    for (const [place, batch] of batches.entries()) {
      const problem = await this.#writeTogether(accountId, [batch]);
      if (problem === null) continue;
      this.#refuse(batches.slice(place + 1), problem);
      return problem;
    }
    return null;
  }

  #refuse(batches: readonly Waiting[], { message: reason }: StoreUnavailable, durationMs = 0): void {
    if (batches.length === 0) return;
    this.#done(batches, durationMs);
    for (const { settle } of batches) settle(failed({ kind: 'unavailable', reason }));
  }

  async #write(
    accountId: AccountId,
    batches: readonly Waiting[],
  ): Promise<readonly (readonly RecordOutcome[] | null)[]> {
    const { database, memory, months } = this.#options;
    for (const { batch, nowMs } of batches) {
      await months.provide(new Set(batch.calls.map(({ startedAtMs }) => monthOf(startedAtMs))), nowMs);
    }
    const characters = batches.reduce((sum, batch) => sum + batch.characters, 0);
    const documents = batches.reduce((sum, batch) => sum + batch.documents, 0) + characters / usualCharacters;
    // Stored twice, a document is what it is stored once. Of a reject, `times` may then be one too many.
    const { outcomes, hasNewNumbers } = await database.write(
      async (session) => {
        await lockAccount(session, accountId);
        return recordBatches(session, accountId, batches);
      },
      { isRepeatable: true, documents },
    );
    if (hasNewNumbers) memory.forget();
    return outcomes;
  }

  #done(batches: readonly Waiting[], durationMs: number): void {
    const documents = batches.reduce((sum, batch) => sum + batch.documents, 0);
    this.#waitingDocuments -= documents;
    this.#waitingCharacters -= batches.reduce((sum, batch) => sum + batch.characters, 0);
    this.#options.observer.committed({ durationMs, requests: batches.length, documents });
  }
}

interface Coming {
  /** Of its account. */
  readonly queue: readonly Waiting[];
  readonly documents: number;
  readonly characters: number;
}

const charactersOf = ({ calls, rejects }: Batch): number =>
  calls.reduce((sum, { document, applied }) => sum + document.length + applied.length, 0) +
  rejects.reduce((sum, { document }) => sum + document.length, 0);

const isCrowd = ({ cause }: StoreUnavailable): boolean => cause instanceof Lost && cause.isCrowd;

function takeBatches(queue: Waiting[]): readonly Waiting[] {
  let documents = 0;
  let characters = 0;
  const end = queue.findIndex((batch) => {
    documents += batch.documents;
    characters += batch.characters;
    return documents > mostDocuments || characters > mostCharacters;
  });
  // A batch that is larger than the limit on its own is a transaction of its own.
  return queue.splice(0, end === -1 ? queue.length : Math.max(1, end));
}
