import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { failed, ok, type Result } from '../../domain/result.ts';
import type { Batch, RecordOutcome, Sender, Unavailable, ZoneChanged } from '../call-store.ts';
import { type StoreObserver, StoreUnavailable } from '../store.ts';
import { unavailableCodes } from './connection.ts';
import type { Answer, Committed } from './writer-thread.ts';
import type { Job, WriteArguments, WriteName, WriteResult } from './writes.ts';

/** Documents that wait for the disk at the most; one more is refused, and the sender tries again. */
const mostWaitingDocuments = 16_000;

/** Most of what the thread makes is garbage at the next commit; more room for it would only be resident memory. */
const youngMb = 16;

interface Waiting {
  readonly documents: number;
  readonly settle: (answer: Answer) => void;
  readonly fail: (error: Error) => void;
}

/** The main thread's end of the writer thread. */
export class Writer {
  readonly #worker: Worker;
  readonly #observer: StoreObserver;
  readonly #waiting = new Map<number, Waiting>();
  readonly #exited: Promise<void>;
  #lastId = 0;
  #waitingDocuments = 0;
  #failure: Error | null = null;

  constructor(path: string, observer: StoreObserver) {
    this.#observer = observer;
    // The compiled package has the thread as .js, the source as .ts.
    const thread = new URL(`./writer-thread${extname(import.meta.url)}`, import.meta.url);
    this.#worker = new Worker(thread, { workerData: { path }, resourceLimits: { maxYoungGenerationSizeMb: youngMb } });
    this.#worker.on('message', (committed: Committed) => this.#answer(committed));
    this.#worker.on('error', (error) => {
      const failure = new Error('the writer thread has failed', { cause: error });
      this.#failAll(failure);
      // Nothing can be written any more: the process ends, and whoever watches it starts it again.
      setImmediate(() => {
        throw failure;
      });
    });
    this.#exited = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#failAll(new Error('the store is closed'));
        resolve();
      });
    });
  }

  /** Throws when the thread has ended. */
  check(): void {
    if (this.#failure !== null) throw this.#failure;
  }

  get waitingDocuments(): number {
    return this.#waitingDocuments;
  }

  /** Rejects when the write failed, for whatever reason; with {@link StoreUnavailable} where the store cannot be used now. */
  async run<N extends WriteName>(name: N, ...rest: WriteArguments<N>): Promise<WriteResult<N>> {
    const written = await this.#send<WriteResult<N>>((id) => ({ id, kind: 'write', name, arguments: rest }), 0);
    if (!written.ok) throw new StoreUnavailable(`the store is not available now: ${written.error.reason}`);
    return written.value;
  }

  async record(
    sender: Sender,
    batch: Batch,
    nowMs: number,
  ): Promise<Result<readonly RecordOutcome[], Unavailable | ZoneChanged>> {
    const documents = batch.calls.length + batch.rejects.length;
    const jobOf = (id: number): Job => ({ id, kind: 'record', sender, batch, nowMs });
    const written = await this.#send<readonly RecordOutcome[] | null>(jobOf, documents);
    if (!written.ok) return written;
    return written.value === null ? failed({ kind: 'zoneChanged' }) : ok(written.value);
  }

  async close(): Promise<void> {
    this.#worker.postMessage('close');
    await this.#exited;
  }

  async #send<T>(jobOf: (id: number) => Job, documents: number): Promise<Result<T, Unavailable>> {
    this.check();
    if (documents > 0 && this.#waitingDocuments > 0 && this.#waitingDocuments + documents > mostWaitingDocuments) {
      return failed({ kind: 'unavailable', reason: 'too many documents wait to be written' });
    }
    this.#lastId += 1;
    const id = this.#lastId;
    this.#waitingDocuments += documents;
    const answer = await new Promise<Answer>((settle, fail) => {
      this.#waiting.set(id, { documents, settle, fail });
      this.#worker.postMessage(jobOf(id));
    });
    return resultOf<T>(answer);
  }

  #answer({ answers, durationMs }: Committed): void {
    const documents = answers.reduce((sum, { id }) => sum + (this.#waiting.get(id)?.documents ?? 0), 0);
    this.#waitingDocuments -= documents;
    this.#observer.committed({ durationMs, requests: answers.length, documents });
    for (const answer of answers) {
      const waiting = this.#waiting.get(answer.id);
      if (waiting === undefined) continue;
      this.#waiting.delete(answer.id);
      waiting.settle(answer);
    }
  }

  #failAll(error: Error): void {
    this.#failure ??= error;
    for (const { fail } of this.#waiting.values()) fail(error);
    this.#waiting.clear();
    this.#waitingDocuments = 0;
  }
}

function resultOf<T>(answer: Answer): Result<T, Unavailable> {
  // The thread runs the write that was named, so its result is what that write returns.
  if (answer.ok) return ok(answer.result as T);
  if (answer.code !== null && unavailableCodes.has(answer.code)) {
    return failed({ kind: 'unavailable', reason: answer.message });
  }
  throw new Error(`a write has failed: ${answer.message}`);
}
