import type { Config } from './config.ts';
import type { ReadPhone } from './domain/phone.ts';
import { credentialLifetimeMs, sessionLifetimeMs, windowStartOf } from './domain/quota.ts';
import { buildApp } from './http/app.ts';
import { Metrics } from './http/metrics.ts';
import { Calendars } from './ingest/document-reader.ts';
import { Intake } from './ingest/intake.ts';
import { recomputeWith } from './ingest/recompute.ts';
import { Recounts } from './ingest/recounts.ts';
import { type Store, type StoreObserver, StoreUnavailable } from './store/store.ts';

export interface ServerOptions {
  readonly config: Config;
  readonly readPhone: ReadPhone;
  /** Of the program. */
  readonly version: string;
  readonly openStore: (observer: StoreObserver) => Promise<Store>;
  readonly nowMs: () => number;
  readonly logTo: { write(line: string): unknown };
}

export interface Server {
  readonly store: Store;
  readonly intake: Intake;
  readonly recounts: Recounts;
  /** Starts to listen; returns the address, `http://127.0.0.1:8080`. */
  listen(): Promise<string>;
  /** Answers what was accepted, finishes the writes, and closes. */
  close(): Promise<void>;
}

const sweepEveryMs = 600_000;
const longestCloseMs = 10_000;

/** Wires the parts of a server together. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { config, readPhone, nowMs } = options;
  const metrics = new Metrics();
  const store = await options.openStore(metrics);
  const calendars = new Calendars();
  const { maxDocumentBytes, maxEvents } = config;
  const onSummary = metrics.documents.bind(metrics);
  const intake = new Intake({ store, calendars, readPhone, nowMs, maxDocumentBytes, maxEvents, onSummary });
  const recounts = new Recounts({
    store,
    recompute: recomputeWith({ calendars, readPhone, maxDocumentBytes, maxEvents }),
    onProblem: (error) => logProblem(app.log, error),
  });
  const app = buildApp({ ...options, store, intake, calendars, timeZones: recounts, metrics });
  recounts.resume();
  metrics.watch(store.waitingDocuments);
  const sweep = () => {
    const before = {
      windowStart: windowStartOf(nowMs()),
      lastUsedAtMs: nowMs() - credentialLifetimeMs,
      sessionLastUsedAtMs: nowMs() - sessionLifetimeMs,
    };
    // What is not swept now is swept the next time; until then it is only in the way.
    store.access
      .sweep(before)
      .catch((error) => app.log.error({ err: error }, 'old credentials and sessions could not be swept'));
  };
  const sweeping = setInterval(sweep, sweepEveryMs).unref();
  return {
    store,
    intake,
    recounts,
    listen: () => app.listen({ host: config.host, port: config.port }),
    async close() {
      clearInterval(sweeping);
      // Idle connections are closed now. One that is still being answered would be kept open afterwards, for another request.
      app.server.keepAliveTimeout = 1;
      // Whoever has not sent a request to its end by then cannot have been answered.
      const giveUp = setTimeout(() => app.server.closeAllConnections(), longestCloseMs);
      try {
        await app.close();
      } finally {
        clearTimeout(giveUp);
        await recounts.close();
        await store.close();
      }
    },
  };
}

/** What the store was not available for goes on by itself. */
function logProblem(log: ReturnType<typeof buildApp>['log'], error: unknown): void {
  const level = error instanceof StoreUnavailable ? 'warn' : 'error';
  log[level]({ err: error }, 'an account could not be counted anew in its time zone');
}
