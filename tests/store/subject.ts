import { onTestFinished } from 'vitest';
import type { Tool, User } from '../../src/store/access-store.ts';
import type { Store, StoreObserver } from '../../src/store/store.ts';

/** A database of its own for tests, empty at first. */
export interface TestDatabase {
  /** Opens a store on it. Several may be open at once, as those of servers and commands are. */
  open(observer?: StoreObserver): Promise<Store>;
  remove(): Promise<void>;
}

export type NewDatabase = () => Promise<TestDatabase>;

/** What the tests of a contract work with. */
export interface Subject {
  /** A store for all tests, each of which works in accounts of its own. Only to be read while a test runs. */
  readonly store: Store;
  readonly newDatabase: NewDatabase;
}

/** A store on a database of its own, for tests of what goes over all accounts. Both are gone when the test ends. */
export async function freshStore({
  newDatabase,
}: Subject): Promise<{ readonly store: Store; readonly database: TestDatabase }> {
  const database = await freshDatabase(newDatabase);
  return { store: await openFor(database), database };
}

export async function freshDatabase(newDatabase: NewDatabase): Promise<TestDatabase> {
  const database = await newDatabase();
  onTestFinished(() => database.remove());
  return database;
}

const closed = new WeakSet<Store>();

/** Opens a store that is closed when the test ends, unless {@link closeStore} has closed it. */
export async function openFor(database: TestDatabase, observer?: StoreObserver): Promise<Store> {
  const store = await database.open(observer);
  onTestFinished(() => closeStore(store));
  return store;
}

export async function closeStore(store: Store): Promise<void> {
  if (closed.has(store)) return;
  closed.add(store);
  await store.close();
}

export const nowMs = Date.UTC(2018, 1, 9, 12);

let lastNumber = 0;

/** A name that no other test has. */
export function unique(name: string): string {
  lastNumber += 1;
  return `${name}-${String(lastNumber).padStart(4, '0')}`;
}

export interface TestUser {
  readonly login?: string;
  readonly tool?: Tool;
  readonly account?: string;
  readonly timeZone?: string | null;
  readonly country?: string | null;
  readonly isAdmin?: boolean;
}

/** Adds a user, to an account of their own unless one is named. */
export async function addUser(store: Store, user: TestUser = {}): Promise<User> {
  const { login = unique('user'), tool = 'dev', account = unique('account') } = user;
  const { timeZone = 'America/New_York', country = 'US', isAdmin = false } = user;
  const added = await store.accounts.addUser(
    { tool, login, passwordHash: `hash of ${login}`, isAdmin, account: { name: account, timeZone, country } },
    nowMs,
  );
  if (!added.ok) throw new Error(`user ${login}: ${added.error.kind}`);
  return added.value.user;
}

/** Another user of the same account. */
export const addColleague = (store: Store, { account }: User, user: TestUser = {}): Promise<User> =>
  addUser(store, { ...user, account: account.name, timeZone: null, country: null });
