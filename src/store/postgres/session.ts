import type { Client, PoolClient, QueryResult } from 'pg';
import type { Row } from '../rows.ts';
import { asThrown, isConsequence } from './failures.ts';

export type Parameter = string | number | boolean | Uint8Array | null | readonly string[] | readonly number[];

/** Plain SQL on one connection, each text prepared once. */
export interface Session {
  rows(sql: string, ...parameters: readonly Parameter[]): Promise<readonly Row[]>;
  /** Rows as lists, in the order of the columns. */
  lists(sql: string, ...parameters: readonly Parameter[]): Promise<readonly (readonly unknown[])[]>;
  /** How many rows were changed. */
  run(sql: string, ...parameters: readonly Parameter[]): Promise<number>;
  /** Statements without parameters and results, several at once too. */
  exec(sql: string): Promise<void>;
}

const names = new Map<string, string>();

function nameOf(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  const name = `voxgauge-${names.size}`;
  names.set(sql, name);
  return name;
}

export interface Patience {
  /** How long a statement may be without an answer; 0 for no limit. */
  readonly answerMs?: number;
  /** Whether any server answers it at once. */
  readonly isSmall?: boolean;
}

export function sessionOn(client: Client | PoolClient, { answerMs = 0, isSmall = false }: Patience = {}): Session {
  const limit = { query_timeout: answerMs };
  let first: unknown = null;
  // Of statements that were sent together, those after the one that has failed only say that one has; and may be heard first.
  const thrownFor = (error: unknown): unknown => {
    first ??= asThrown(error, { isSmall });
    return isConsequence(error) ? first : asThrown(error, { isSmall });
  };
  const rows = async (text: string, parameters: readonly Parameter[]): Promise<QueryResult<Row>> => {
    const query = { ...limit, name: nameOf(text), text, values: [...parameters] };
    try {
      return await client.query<Row>(query);
    } catch (error) {
      throw thrownFor(error);
    }
  };
  return {
    rows: async (sql, ...parameters) => (await rows(sql, parameters)).rows,
    run: async (sql, ...parameters) => (await rows(sql, parameters)).rowCount ?? 0,
    async lists(text, ...parameters) {
      const query = { ...limit, name: nameOf(text), text, values: [...parameters], rowMode: 'array' as const };
      try {
        return (await client.query(query)).rows;
      } catch (error) {
        throw thrownFor(error);
      }
    },
    async exec(text) {
      const query = { ...limit, text };
      try {
        await client.query(query);
      } catch (error) {
        throw thrownFor(error);
      }
    },
  };
}

export interface Transaction<T> {
  readonly begin: string;
  readonly work: (session: Session) => Promise<T>;
  readonly beginMs: number;
  readonly answerMs: number;
  readonly onCommit?: () => void;
}

export async function inTransaction<T>(client: PoolClient, transaction: Transaction<T>): Promise<T> {
  const { begin, work, beginMs, answerMs, onCommit = () => {} } = transaction;
  const session = sessionOn(client, { answerMs });
  // Sent together with the first statements of the work; that it is not answered tells of a server that hangs long before they would.
  const [, result] = await Promise.all([
    sessionOn(client, { answerMs: beginMs, isSmall: true }).exec(begin),
    work(session),
  ]);
  onCommit();
  await session.exec('COMMIT');
  return result;
}
