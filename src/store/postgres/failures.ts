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

/** Serialization failure, deadlock; the server ends this session, or is ending, or is starting. */
const againCodes: ReadonlySet<string> = new Set(['40001', '40P01', '57P01', '57P02', '57P03']);

/**
 * Connection failures; no authorization; read-only after a failover; lock or statement timed out; no memory, disk or connections; the
 * operating system has failed; a transaction that idled.
 */
const unavailableCodes: ReadonlySet<string> = new Set(['25006', '25P03', '3D000', '55P03', '57014', '57P05']);
const unavailableClasses: ReadonlySet<string> = new Set(['08', '28', '53', '58']);

export function failureOf(error: unknown): Failure {
  if (error instanceof Lost) return error.failure;
  if (!(error instanceof DatabaseError)) return 'bug';
  const code = error.code ?? '';
  if (againCodes.has(code)) return 'again';
  return unavailableCodes.has(code) || unavailableClasses.has(code.slice(0, 2)) ? 'unavailable' : 'bug';
}

/** A connection that could not be made, or has broken, or on which no answer came in time. */
export class Lost extends Error {
  override readonly name = 'Lost';
  readonly failure: 'again' | 'unavailable';

  constructor(cause: unknown) {
    super(messageOf(cause), { cause });
    // Whoever has waited for an answer, or for a free connection, has waited long enough.
    this.failure = /time-?out/i.test(this.message) ? 'unavailable' : 'again';
  }
}

/** An error of pg as it is told further: its own about the connection have no code, and sometimes no message. */
export const asThrown = (error: unknown): unknown => (error instanceof DatabaseError ? error : new Lost(error));

export function unavailable(error: unknown, where: string): StoreUnavailable {
  return new StoreUnavailable(`the database ${where} cannot be used now: ${messageOf(error)}`, { cause: error });
}

export function messageOf(error: unknown): string {
  // One for each address that a name stands for.
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
