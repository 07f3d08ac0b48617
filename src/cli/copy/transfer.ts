import { firstInstantMsOf, type Month, printMonth } from '../../domain/retention.ts';
import type { AccountId } from '../../store/access-store.ts';
import { changesOf, hasChanges, strangerIn } from '../../store/control.ts';
import type { Store } from '../../store/store.ts';
import {
  type Control,
  type ControlRow,
  copySource,
  type DocumentChunk,
  type DocumentPlace,
} from '../../store/transfer-store.ts';
import { type Cli, CommandError } from '../cli.ts';
import { takeFinalSums } from './final-sums.ts';
import { type Expected, PassProgress } from './pass-progress.ts';

/**
 * How late a document may appear behind those that were stored after it: clocks of servers differ, and a document has its time
 * before its transaction ends.
 */
const overlapMs = 600_000;

const chunkOf = { documents: 2000, bytes: 16_777_216 } as const;
const rejectsAtOnce = 50;

/** One store on its way into another. */
export interface Transferring {
  readonly cli: Cli;
  readonly from: Store;
  readonly to: Store;
  /** What the stores are called in messages. */
  readonly names: { readonly from: string; readonly to: string };
}

/** What a pass has changed in the target. */
export interface Passed {
  readonly documents: number;
  readonly rejects: number;
}

/** How far an account has come; kept as JSON in the target, with the documents. */
interface AccountProgress {
  readonly documentsDone: number;
  /** Where to go on. */
  readonly after: DocumentPlace;
  /** No document of the target was stored later, unless it has taken calls of its own. */
  readonly newestMs: number;
}

const start: DocumentPlace = { storedAtMs: 0, callId: '' };

/** Brings a store to what another one is: pass after pass, each of which takes what has changed since the one before. */
export class Transfer {
  readonly #on: Transferring;
  readonly #accounts = new Map<AccountId, AccountProgress>();
  /** Of the source, as far as the target has them. */
  #phones: ReadonlySet<string> = new Set();
  #passes = 0;
  /** The first month whose documents the source keeps, and the target too. */
  #keptFrom: Month | null = null;

  constructor(on: Transferring) {
    this.#on = on;
  }

  /** Throws when the target is neither empty nor an earlier copy of the source, or cannot take what the source keeps. */
  async check(): Promise<void> {
    const { to, names } = this.#on;
    for (const account of await to.accounts.list()) {
      const { accountId, name } = account;
      const progress = await this.#load(accountId);
      if (progress === null) {
        throw new CommandError(`${names.to} has an account ${name} that no copy has put there; ${remedy}`);
      }
      const newestMs = await to.calls.lastStoredAtMs(accountId);
      if (newestMs !== null && newestMs > progress.newestMs) {
        throw new CommandError(`${names.to} has taken calls of its own since it was copied; ${remedy}`);
      }
    }
    await this.#checkRetention();
  }

  /** `isWhole`: reads every document, also those that were taken before. */
  async pass({ isWhole }: { readonly isWhole: boolean }): Promise<Passed> {
    await this.#takeControl();
    await this.#takeRetention();
    this.#passes += 1;
    const progress = new PassProgress(this.#on.cli, this.#passes === 1 ? await this.#expected() : null);
    let [documents, rejects] = [0, 0];
    try {
      for (const { accountId } of await this.#on.from.accounts.list()) {
        // One that has come in this moment is for the next pass.
        if (!this.#accounts.has(accountId)) continue;
        documents += await this.#takeDocuments(accountId, { isWhole, progress });
        rejects += await this.#takeRejects(accountId);
      }
    } finally {
      progress.end();
    }
    return { documents, rejects };
  }

  /** To be called between passes. Where the source has dropped documents, their sums cannot come from them. */
  async finish(): Promise<void> {
    if (this.#keptFrom !== null) await takeFinalSums(this.#on, this.#keptFrom);
  }

  /** What the target has dropped would come as if it were new, and count twice: its sums have stayed. */
  async #checkRetention(): Promise<void> {
    const { from, to, names } = this.#on;
    const [theirs, mine] = [await from.calls.keptFrom(), await to.calls.keptFrom()];
    if (mine === null || (theirs !== null && theirs >= mine)) return;
    const kept = theirs === null ? 'keeps them all' : `keeps them from ${printMonth(theirs)} on`;
    throw new CommandError(
      `${names.to} has dropped the calls of before ${printMonth(mine)}, and ${names.from} ${kept}; name another store in --to`,
    );
  }

  async #takeRetention(): Promise<void> {
    const { from, to } = this.#on;
    const keptFrom = await from.calls.keptFrom();
    if (keptFrom !== null && keptFrom !== this.#keptFrom) await to.calls.dropBefore(keptFrom);
    this.#keptFrom = keptFrom;
  }

  async #expected(): Promise<Expected> {
    const { from, to } = this.#on;
    return { total: await from.calls.count(), done: await to.calls.count() };
  }

  async #load(accountId: AccountId): Promise<AccountProgress | null> {
    const saved = await this.#on.to.calls.importProgress(accountId, copySource);
    if (saved === null) return null;
    const { after, newestMs }: Omit<AccountProgress, 'documentsDone'> = JSON.parse(saved.summary);
    const progress = { documentsDone: saved.documentsDone, after, newestMs };
    this.#accounts.set(accountId, progress);
    return progress;
  }

  async #takeControl(): Promise<void> {
    const { from, to, names } = this.#on;
    const [theirs, mine] = [await from.transfer.control(), await to.transfer.control()];
    const stranger = strangerIn(mine, theirs);
    if (stranger !== null) {
      throw new CommandError(
        `${names.to} has ${stranger} that ${names.from} has not: it is a copy of another store, or was used since; ${remedy}`,
      );
    }
    const recounting = theirs.accounts.find((row) => row['zone_revision'] !== row['counted_zone_revision']);
    if (recounting !== undefined) throw new CommandError(beingRecounted(names.from, recounting));
    // An account is marked as a copy before it is there, so that whatever ends this, the target is known as one.
    for (const row of theirs.accounts) await this.#begin(Number(row['account_id']));
    for (const accountId of zoneChanges(mine, theirs)) await this.#startAnew(accountId);
    const changes = changesOf(mine, theirs);
    if (hasChanges(changes)) await to.transfer.takeControl(changes);
    this.#phones = new Set(theirs.numbers.map((row) => nameOf(Number(row['account_id']), `${row['phone']}`)));
  }

  async #begin(accountId: AccountId): Promise<void> {
    if (this.#accounts.has(accountId) || (await this.#load(accountId)) !== null) return;
    await this.#save(accountId, [], { documentsDone: 0, after: start, newestMs: 0 });
  }

  /** Every document has other sums by now, and no other time at which it was stored. */
  async #startAnew(accountId: AccountId): Promise<void> {
    const { newestMs } = this.#accounts.get(accountId) ?? { newestMs: 0 };
    await this.#save(accountId, [], { documentsDone: 0, after: start, newestMs });
  }

  async #save(accountId: AccountId, documents: DocumentChunk['documents'], progress: AccountProgress): Promise<number> {
    const { cli, to } = this.#on;
    const { documentsDone, after, newestMs } = progress;
    const saved = { documentsDone, summary: JSON.stringify({ after, newestMs }) };
    const taken = await to.transfer.takeDocuments(accountId, documents, { progress: saved, nowMs: cli.nowMs() });
    this.#accounts.set(accountId, progress);
    return taken;
  }

  async #takeDocuments(
    accountId: AccountId,
    { isWhole, progress }: { readonly isWhole: boolean; readonly progress: PassProgress },
  ): Promise<number> {
    let changed = 0;
    for await (const { documents, next, readAtMs } of this.#chunks(accountId, isWhole)) {
      if (documents.some(({ phone }) => !this.#phones.has(nameOf(accountId, phone)))) await this.#takeControl();
      const { documentsDone, newestMs } = this.#accounts.get(accountId) ?? { documentsDone: 0, newestMs: 0 };
      // Documents of months that are gone may still be about to go.
      const keptFromMs = this.#keptFrom === null ? null : firstInstantMsOf(this.#keptFrom);
      const kept = documents.filter(({ startedAtMs }) => keptFromMs === null || startedAtMs >= keptFromMs);
      changed += await this.#save(accountId, kept, {
        documentsDone: documentsDone + documents.length,
        after: earlier(next, readAtMs - overlapMs),
        newestMs: Math.max(newestMs, next.storedAtMs),
      });
      progress.add(documents.length);
    }
    return changed;
  }

  /** Chunks in order, of which the next is read while one is written. */
  async *#chunks(accountId: AccountId, isWhole: boolean): AsyncGenerator<ReadChunk> {
    const after = isWhole ? start : (this.#accounts.get(accountId)?.after ?? start);
    let reading = this.#readChunk(accountId, after);
    for (;;) {
      const chunk = await reading;
      if (!chunk.isLast) {
        reading = this.#readChunk(accountId, chunk.next);
        // Whoever awaits it meets its failure.
        reading.catch(() => {});
      }
      if (chunk.documents.length > 0) yield chunk;
      if (chunk.isLast) return;
    }
  }

  async #readChunk(accountId: AccountId, after: DocumentPlace): Promise<ReadChunk> {
    const { cli, from } = this.#on;
    const readAtMs = cli.nowMs();
    return { ...(await from.transfer.documents(accountId, after, chunkOf)), readAtMs };
  }

  async #takeRejects(accountId: AccountId): Promise<number> {
    const { from, to } = this.#on;
    const theirs = await from.transfer.rejectHeads(accountId);
    const mine = new Map((await to.transfer.rejectHeads(accountId)).map((head) => [head.rejectId, head]));
    const known = new Map(theirs.map((head) => [head.rejectId, head]));
    const gone = [...mine.values()].filter(({ rejectId, sha256 }) => known.get(rejectId)?.sha256 !== sha256);
    if (gone.length > 0) {
      await to.transfer.takeRejects(accountId, { gone: gone.map(({ rejectId }) => rejectId), rejects: [] });
    }
    const wanted = theirs.filter((head) => JSON.stringify(head) !== JSON.stringify(mine.get(head.rejectId)));
    const ids = wanted.map(({ rejectId }) => rejectId);
    await this.#copyRejects(accountId, ids);
    return gone.length + ids.length;
  }

  /** In the order of their ids. One that was dropped meanwhile is not there, which the next pass finds. */
  async #copyRejects(accountId: AccountId, ids: readonly number[]): Promise<void> {
    const { from, to } = this.#on;
    const wanted = new Set(ids);
    let last = 0;
    for (const id of ids) {
      if (id <= last) continue;
      const page = await from.rejects.list({ accountId, afterId: id - 1, limit: rejectsAtOnce });
      const rejects = page.filter(({ rejectId }) => wanted.has(rejectId));
      if (rejects.length > 0) await to.transfer.takeRejects(accountId, { gone: [], rejects });
      last = page.at(-1)?.rejectId ?? id;
    }
  }
}

interface ReadChunk extends DocumentChunk {
  /** Before it was read. */
  readonly readAtMs: number;
}

const beingRecounted = (store: string, { name, time_zone: timeZone }: ControlRow): string =>
  `account ${name} of ${store} is being counted anew in its time zone ${timeZone}; "voxgauge account set ${name} --time-zone ${timeZone}" there brings that to its end, then run this again`;

/** Accounts that have another time zone than when they were copied. */
function zoneChanges(mine: Control, theirs: Control): readonly AccountId[] {
  const revisions = new Map(mine.accounts.map((row) => [row['account_id'], row['zone_revision']]));
  const changed = theirs.accounts.filter((row) => {
    const revision = revisions.get(row['account_id'] ?? null);
    return revision !== undefined && revision !== row['zone_revision'];
  });
  return changed.map((row) => Number(row['account_id']));
}

const remedy = 'name an empty store in --to';

const nameOf = (accountId: AccountId, phone: string): string => `${accountId} ${phone}`;

const earlier = (place: DocumentPlace, ms: number): DocumentPlace =>
  place.storedAtMs < ms ? place : { storedAtMs: ms, callId: '' };
