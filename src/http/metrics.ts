import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Summary } from '../ingest/summary.ts';
import { rejectedCount } from '../ingest/summary.ts';
import type { StoreObserver } from '../store/store.ts';

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** All that there are would be series by the hundred, which anybody could bring about. */
const usualMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);

/** What operators watch, in the text format of Prometheus. Names and meanings: docs/operating.md. */
export class Metrics implements StoreObserver {
  readonly #registry = new Registry();
  readonly #requests: Histogram<'method' | 'route' | 'status'>;
  readonly #documents: Counter<'outcome'>;
  readonly #commits: Histogram;
  readonly #queue: Gauge;
  #waiting: () => number = () => 0;

  constructor() {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#requests = new Histogram({
      name: 'voxgauge_http_request_duration_seconds',
      help: 'Time from a request to the end of its answer, by route and status.',
      labelNames: ['method', 'route', 'status'],
      buckets: seconds,
      registers,
    });
    this.#documents = new Counter({
      name: 'voxgauge_documents_total',
      help: 'Call documents that came in, by what became of them.',
      labelNames: ['outcome'],
      registers,
    });
    this.#commits = new Histogram({
      name: 'voxgauge_commit_duration_seconds',
      help: 'Time of a write transaction, sync to the disk included.',
      buckets: seconds,
      registers,
    });
    this.#queue = new Gauge({
      name: 'voxgauge_waiting_documents',
      help: 'Documents that wait to be written.',
      registers,
      collect: () => this.#queue.set(this.#waiting()),
    });
  }

  /** Tells where to read how many documents wait. */
  watch(waitingDocuments: () => number): void {
    this.#waiting = waitingDocuments;
  }

  committed({ durationMs }: { readonly durationMs: number }): void {
    this.#commits.observe(durationMs / 1000);
  }

  documents(summary: Summary): void {
    const { stored, replaced, unchanged, stale } = summary;
    const outcomes = { stored, replaced, unchanged, stale, rejected: rejectedCount(summary) };
    for (const [outcome, count] of Object.entries(outcomes)) this.#documents.inc({ outcome }, count);
  }

  answered(request: {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly durationMs: number;
  }) {
    const { route, status, durationMs } = request;
    const method = usualMethods.has(request.method) ? request.method : 'other';
    this.#requests.observe({ method, route, status }, durationMs / 1000);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  print(): Promise<string> {
    return this.#registry.metrics();
  }
}
