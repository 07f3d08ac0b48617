import type { AccessStore } from './access-store.ts';

const saveEveryMs = 1000;

/** When credentials, sessions, tokens and keys were last used, until that is saved: once a second, and when it is asked for. */
export class LastUses implements Pick<AccessStore, 'touchCredential' | 'touchToken' | 'touchKey'> {
  /** By login. */
  readonly credentials = new Map<string, number>();
  /** By the SHA-256 of their secret. */
  readonly sessions = new Map<string, number>();
  readonly tokens = new Map<number, number>();
  readonly keys = new Map<number, number>();
  readonly #save: () => Promise<void>;
  #saving: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;

  /** `save` writes what is here, and forgets it with {@link forget}. */
  constructor(save: () => Promise<void>) {
    this.#save = save;
  }

  touchCredential(login: string, nowMs: number): void {
    this.credentials.set(login, nowMs);
    this.saveSoon();
  }

  touchSession(sha256: string, nowMs: number): void {
    this.sessions.set(sha256, nowMs);
    this.saveSoon();
  }

  touchToken(tokenId: number, nowMs: number): void {
    this.tokens.set(tokenId, nowMs);
    this.saveSoon();
  }

  touchKey(keyId: number, nowMs: number): void {
    this.keys.set(keyId, nowMs);
    this.saveSoon();
  }

  /** The later of what was saved and what was not yet. */
  ofCredential(login: string, savedAtMs: number): number {
    return Math.max(savedAtMs, this.credentials.get(login) ?? 0);
  }

  /** The same of a session. */
  ofSession(sha256: string, savedAtMs: number): number {
    return Math.max(savedAtMs, this.sessions.get(sha256) ?? 0);
  }

  saveSoon(): void {
    this.#timer ??= setTimeout(() => {
      // What could not be saved is still in memory, counts here all the same, and is saved with the next use.
      this.saveNow().catch(() => {});
    }, saveEveryMs).unref();
  }

  saveNow(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    // A save that failed has kept what it was to save, and is no reason not to try again.
    this.#saving = this.#saving.catch(() => {}).then(() => this.#save());
    return this.#saving;
  }
}

/** Drops the uses that were saved, unless there was another one meanwhile. */
export function forget<Id>(uses: Map<Id, number>, saved: readonly (readonly [Id, number])[]): void {
  for (const [id, usedAtMs] of saved) if (uses.get(id) === usedAtMs) uses.delete(id);
}
