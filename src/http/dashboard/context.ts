import type { Intake } from '../../ingest/intake.ts';
import type { AccountId } from '../../store/access-store.ts';
import type { DataContext } from '../data-request.ts';
import type { LogInContext } from '../log-in.ts';

/** Counting all sums of an account anew by another time zone, in steps, while calls come in. */
export interface TimeZoneChanges {
  /** Resolves when the change is begun, which then goes on by itself; false where it is the zone of the account already. */
  start(accountId: AccountId, timeZone: string): Promise<boolean>;
  /** 0–1 of the documents that are counted by the new zone; null where nothing is being counted. */
  progressOf(accountId: AccountId): Promise<{ readonly share: number } | null>;
}

/** What the dashboard's interface works with. */
export interface DashboardContext extends DataContext, LogInContext {
  readonly intake: Intake;
  readonly timeZones: TimeZoneChanges;
  readonly maxDocumentBytes: number;
  /** Of the program. */
  readonly version: string;
}
