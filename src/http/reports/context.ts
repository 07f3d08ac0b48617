import type { ReadPhone } from '../../domain/phone.ts';
import type { Calendars } from '../../ingest/document-reader.ts';
import type { Store } from '../../store/store.ts';

/** What the reports API works with. */
export interface ReportsContext {
  readonly store: Store;
  readonly calendars: Calendars;
  readonly readPhone: ReadPhone;
  readonly nowMs: () => number;
  readonly dataRequestsPerWindow: number;
}
