import type { AccountId } from '../../store/access-store.ts';
import type { DashboardContext } from './context.ts';

/** Told when calls have been stored. */
export type OnCalls = () => void;

interface Watch {
  readonly timer: NodeJS.Timeout;
  readonly listeners: Set<OnCalls>;
}

const pollEveryMs = 2000;

/** Watches accounts for new calls while somebody listens: one look every two seconds for all that listen to an account. */
export class NewCalls {
  readonly #store: DashboardContext['store'];
  readonly #onError: (error: unknown) => void;
  readonly #watches = new Map<AccountId, Watch>();

  /** What goes wrong with a look is told, and the next one may succeed. */
  constructor(store: DashboardContext['store'], onError: (error: unknown) => void) {
    this.#store = store;
    this.#onError = onError;
  }

  /** Returns how to stop listening. */
  listen(accountId: AccountId, onCalls: OnCalls): () => void {
    const watch = this.#watches.get(accountId) ?? this.#watch(accountId);
    watch.listeners.add(onCalls);
    return () => {
      watch.listeners.delete(onCalls);
      if (watch.listeners.size > 0) return;
      clearInterval(watch.timer);
      if (this.#watches.get(accountId) === watch) this.#watches.delete(accountId);
    };
  }

  #watch(accountId: AccountId): Watch {
    const listeners = new Set<OnCalls>();
    const look = this.#looker(accountId, () => {
      for (const listener of listeners) listener();
    });
    look();
    const watch = { listeners, timer: setInterval(look, pollEveryMs).unref() };
    this.#watches.set(accountId, watch);
    return watch;
  }

  /** A document has its time before it is there: what is seen late is told by one more look that counts as new. */
  #looker(accountId: AccountId, onNew: () => void): () => void {
    let lastMs: number | null | undefined;
    let isAgain = false;
    let isLooking = false;
    const look = async () => {
      const atMs = await this.#store.calls.lastStoredAtMs(accountId);
      const isNew = lastMs !== undefined && atMs !== lastMs;
      lastMs = atMs;
      if (isNew || isAgain) onNew();
      isAgain = isNew;
    };
    return () => {
      if (isLooking) return;
      isLooking = true;
      look()
        .catch(this.#onError)
        .finally(() => {
          isLooking = false;
        });
    };
  }
}
