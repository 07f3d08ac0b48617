import { DatabaseError } from 'pg';
import { StoreUnavailable } from '../store.ts';

/**
 * What an error of a statement means. Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
 *
 * - `again`: this attempt has failed, and another one may well succeed at once
 * - `unavailable`: the database cannot do it now, and trying at once would only add to its trouble
 * - `bug`: neither
 */
export type Failure = 'again' | 'unavailable' | 'bug';

/** Serialization failure, deadlock; read-only, as until the end of a failover: all of it is rolled back. The server is starting. */
const undoneCodes: ReadonlySet<string> = new Set(['40001', '40P01', '25006', '57P03']);
/** The server ends this session, or itself; it does so also to a session whose commit is under way, and may come through. */
const endedCodes: ReadonlySet<string> = new Set(['57P01', '57P02']);

/**
 * Connection failures; no authorization; lock or statement timed out; no memory, disk or connections; the
 * operating system has failed; a transaction that idled.
 */
const unavailableCodes: ReadonlySet<string> = new Set(['25P03', '3D000', '55P03', '57014', '57P05']);
const unavailableClasses: ReadonlySet<string> = new Set(['08', '28', '53', '58']);

export function failureOf(error: unknown): Failure {
  if (error instanceof Lost) return error.failure;
  if (!(error instanceof DatabaseError)) return 'bug';
  const code = error.code ?? '';
  if (undoneCodes.has(code) || endedCodes.has(code)) return 'again';
  return unavailableCodes.has(code) || unavailableClasses.has(code.slice(0, 2)) ? 'unavailable' : 'bug';
}

/** Whether the database has said itself that nothing of it was done. */
export const isUndone = (error: unknown): boolean =>
  error instanceof DatabaseError && undoneCodes.has(error.code ?? '');

/** Whether it only says that an earlier statement of the transaction has failed. */
export const isConsequence = (error: unknown): boolean => error instanceof DatabaseError && error.code === '25P02';

/** A connection that could not be made, or has broken, or on which no answer came in time. */
export class Lost extends Error {
  override readonly name = 'Lost';
  readonly failure: 'again' | 'unavailable';
  /** No answer came to what any server answers at once: there may be nobody at the other end, of this connection and of others. */
  readonly isSilence: boolean;
  /** All connections were at work, and none became free. */
  readonly isCrowd: boolean;

  constructor(cause: unknown, { isSmall = false } = {}) {
    super(messageOf(cause), { cause });
    // Whoever has waited for an answer, or for a free connection, has waited long enough.
    this.failure = /time-?out/i.test(this.message) ? 'unavailable' : 'again';
    this.isSilence = isSmall && this.message === 'Query read timeout';
    this.isCrowd = this.message === 'timeout exceeded when trying to connect';
  }
}

/** An error of pg as it is told further: its own about the connection have no code, and sometimes no message. */
export const asThrown = (error: unknown, options: { isSmall?: boolean } = {}): unknown =>
  // A value that cannot be read is no matter of the connection.
  error instanceof DatabaseError || error instanceof RangeError ? error : new Lost(error, options);

export function unavailable(error: unknown, where: string): StoreUnavailable {
  return new StoreUnavailable(`the database ${where} cannot be used now: ${messageOf(error)}`, { cause: error });
}

export function messageOf(error: unknown): string {
  // One for each address that a name stands for.
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
