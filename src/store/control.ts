import { flag, integerOrNull, type Row, textOrNull } from './rows.ts';
import {
  type Control,
  type ControlChanges,
  type ControlRow,
  type ControlTable,
  controlTables,
  copySource,
} from './transfer-store.ts';

/** The columns of control tables, the same in all engines. Names come into statements from here, and from nowhere else. */
export interface ControlLayout {
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, 'integer' | 'text' | 'flag'>>;
  /** What a row is told by from one that another store has under the same key. null where rows come and go. */
  readonly identity: readonly string[] | null;
}

export const controlLayouts: Readonly<Record<ControlTable, ControlLayout>> = {
  accounts: {
    key: ['account_id'],
    columns: {
      account_id: 'integer',
      name: 'text',
      time_zone: 'text',
      country: 'text',
      allows_input: 'flag',
      created_at_ms: 'integer',
      week_start: 'integer',
      zone_revision: 'integer',
      counted_zone_revision: 'integer',
    },
    identity: ['name', 'created_at_ms'],
  },
  users: {
    key: ['user_id'],
    columns: {
      user_id: 'integer',
      account_id: 'integer',
      tool: 'text',
      login: 'text',
      password_hash: 'text',
      is_disabled: 'flag',
      created_at_ms: 'integer',
      is_admin: 'flag',
    },
    identity: ['account_id', 'tool', 'login', 'created_at_ms'],
  },
  ingest_keys: {
    key: ['key_id'],
    columns: {
      key_id: 'integer',
      account_id: 'integer',
      user_id: 'integer',
      key_sha256: 'text',
      hint: 'text',
      is_strict: 'flag',
      created_at_ms: 'integer',
      revoked_at_ms: 'integer',
      label: 'text',
      last_used_at_ms: 'integer',
    },
    identity: ['key_sha256'],
  },
  api_tokens: {
    key: ['token_id'],
    columns: {
      token_id: 'integer',
      account_id: 'integer',
      user_id: 'integer',
      token_sha256: 'text',
      hint: 'text',
      label: 'text',
      created_at_ms: 'integer',
      last_used_at_ms: 'integer',
      revoked_at_ms: 'integer',
    },
    identity: ['token_sha256'],
  },
  credentials: {
    key: ['login'],
    columns: { login: 'text', user_id: 'integer', password_sha256: 'text', last_used_at_ms: 'integer' },
    identity: null,
  },
  sessions: {
    key: ['session_sha256'],
    columns: { session_sha256: 'text', user_id: 'integer', created_at_ms: 'integer', last_used_at_ms: 'integer' },
    identity: null,
  },
  numbers: {
    key: ['account_id', 'phone'],
    columns: { account_id: 'integer', phone: 'text', owner_id: 'integer', created_at_ms: 'integer' },
    identity: ['created_at_ms'],
  },
  shares: {
    key: ['account_id', 'phone', 'user_id'],
    columns: { account_id: 'integer', phone: 'text', user_id: 'integer' },
    identity: null,
  },
  imports: {
    key: ['account_id', 'source'],
    columns: {
      account_id: 'integer',
      source: 'text',
      documents_done: 'integer',
      summary: 'text',
      saved_at_ms: 'integer',
    },
    identity: null,
  },
};

export const columnsOf = (table: ControlTable): readonly string[] => Object.keys(controlLayouts[table].columns);

/** Reads all control rows, those first that refer to others: none is found that refers to one which came after. */
export async function readControl(
  read: (table: ControlTable) => readonly Row[] | Promise<readonly Row[]>,
): Promise<Control> {
  const found = new Map<ControlTable, readonly ControlRow[]>();
  for (const table of controlTables.toReversed()) {
    const rows = (await read(table)).map((row) => controlRowOf(table, row));
    found.set(
      table,
      rows.filter((row) => table !== 'imports' || row['source'] !== copySource),
    );
  }
  return controlOf((table) => found.get(table) ?? []);
}

function controlRowOf(table: ControlTable, row: Row): ControlRow {
  const entries = Object.entries(controlLayouts[table].columns).map(([column, kind]) => {
    if (kind === 'flag') return [column, flag(row, column)];
    return [column, kind === 'text' ? textOrNull(row, column) : integerOrNull(row, column)];
  });
  return Object.fromEntries(entries);
}

function controlOf(rows: (table: ControlTable) => readonly ControlRow[]): Control {
  return {
    accounts: rows('accounts'),
    users: rows('users'),
    ingest_keys: rows('ingest_keys'),
    api_tokens: rows('api_tokens'),
    credentials: rows('credentials'),
    sessions: rows('sessions'),
    numbers: rows('numbers'),
    shares: rows('shares'),
    imports: rows('imports'),
  };
}

const nameOf = (row: ControlRow, columns: readonly string[]): string =>
  JSON.stringify(columns.map((column) => row[column]));

const byKey = (table: ControlTable, rows: readonly ControlRow[]): ReadonlyMap<string, ControlRow> =>
  new Map(rows.map((row) => [nameOf(row, controlLayouts[table].key), row]));

/** Rows of one list that are not in the other, as far as some columns tell. */
function without(
  rows: readonly ControlRow[],
  others: readonly ControlRow[],
  columns: readonly string[],
): readonly ControlRow[] {
  const known = new Set(others.map((row) => nameOf(row, columns)));
  return rows.filter((row) => !known.has(nameOf(row, columns)));
}

/** What has to change in a store that has `mine`, so that it has `theirs`. */
export function changesOf(mine: Control, theirs: Control): ControlChanges {
  const changed = controlOf((table) => without(theirs[table], mine[table], columnsOf(table)));
  const gone = controlOf((table) => without(mine[table], theirs[table], controlLayouts[table].key));
  const owned = byKey('numbers', mine.numbers);
  const given = changed.numbers
    .filter((row) => owned.has(nameOf(row, controlLayouts.numbers.key)))
    .map((row) => ({ accountId: Number(row['account_id']), phone: `${row['phone']}` }));
  return { changed, gone, given };
}

export const hasChanges = ({ changed, gone }: ControlChanges): boolean =>
  controlTables.some((table) => changed[table].length + gone[table].length > 0);

/** A row that a store with `mine` cannot have from one with `theirs`, as words for a message; null when there is none. */
export function strangerIn(mine: Control, theirs: Control): string | null {
  for (const table of controlTables) {
    const { key, identity } = controlLayouts[table];
    if (identity === null) continue;
    const known = byKey(table, theirs[table]);
    const isTheirs = (row: ControlRow) => {
      const same = known.get(nameOf(row, key));
      return same !== undefined && nameOf(same, identity) === nameOf(row, identity);
    };
    const stranger = mine[table].find((row) => !isTheirs(row));
    if (stranger !== undefined) return described(table, stranger);
  }
  return null;
}

function described(table: ControlTable, row: ControlRow): string {
  switch (table) {
    case 'accounts':
      return `an account ${row['name']}`;
    case 'users':
      return `a login ${row['login']}`;
    case 'ingest_keys':
      return `an ingest key ${row['hint']}…`;
    case 'api_tokens':
      return `an API token ${row['hint']}…`;
    default:
      return `a number ${row['phone']}`;
  }
}
