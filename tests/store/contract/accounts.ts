import { describe, expect, it } from 'vitest';
import { addColleague, addUser, freshStore, nowMs, type Subject, unique } from '../subject.ts';

export function accountContract(subject: Subject): void {
  describe('a user', () => {
    it('is added with an account of the given settings', async () => {
      const { store } = subject;
      const [login, name] = [unique('ann'), unique('acme')];
      const account = { name, timeZone: 'Europe/London', country: 'GB' };
      const added = await store.accounts.addUser(
        { tool: 'insight', login, passwordHash: 'hash', isAdmin: false, account },
        nowMs,
      );
      const user = {
        userId: expect.any(Number),
        account: { accountId: expect.any(Number), ...account, allowsInput: false, weekStart: 1 },
        tool: 'insight',
        login,
        passwordHash: 'hash',
        isDisabled: false,
        isAdmin: true,
      };
      expect(added).toEqual({ ok: true, value: { user, isNewAccount: true } });
      expect(await store.accounts.findUser('insight', login)).toEqual(user);
    });

    it('is added with an account of the default settings where none are given', async () => {
      const { account } = await addUser(subject.store, { timeZone: null, country: null });
      expect(account).toMatchObject({ timeZone: 'UTC', country: 'US' });
    });

    it.each([
      { name: 'no settings', settings: { timeZone: null, country: null } },
      { name: 'the same settings', settings: { timeZone: 'America/New_York', country: 'US' } },
    ])('joins an account that exists when $name are given', async ({ settings }) => {
      const { store } = subject;
      const ann = await addUser(store);
      const bob = { tool: 'dev', login: unique('bob'), passwordHash: 'hash', isAdmin: false } as const;
      const added = await store.accounts.addUser({ ...bob, account: { name: ann.account.name, ...settings } }, nowMs);
      expect(added).toMatchObject({ ok: true, value: { user: { account: ann.account }, isNewAccount: false } });
    });

    it.each([{ timeZone: 'UTC' }, { country: 'GB' }])(
      'does not join an account that exists with other settings: %o',
      async (other) => {
        const { store } = subject;
        const { account } = await addUser(store);
        const login = unique('bob');
        const settings = { name: account.name, timeZone: null, country: null, ...other };
        const added = await store.accounts.addUser(
          { tool: 'dev', login, passwordHash: 'hash', isAdmin: false, account: settings },
          nowMs,
        );
        expect(added).toEqual({ ok: false, error: { kind: 'accountExists', account } });
        expect(await store.accounts.findUser('dev', login)).toBe(null);
      },
    );

    it('has a login that nobody else has in the tool, in no account; a refused one makes no account', async () => {
      const { store } = subject;
      const { login, account } = await addUser(store);
      const name = unique('other');
      for (const accountName of [account.name, name]) {
        const settings = { name: accountName, timeZone: null, country: null };
        const added = await store.accounts.addUser(
          { tool: 'dev', login, passwordHash: 'x', isAdmin: false, account: settings },
          nowMs,
        );
        expect(added).toEqual({ ok: false, error: { kind: 'loginTaken' } });
      }
      expect((await store.accounts.list()).map((each) => each.name)).not.toContain(name);
      expect((await store.accounts.findUser('dev', login))?.passwordHash).toBe(`hash of ${login}`);
    });

    it('of another tool may have the same login', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const other = await addUser(store, { tool: 'fuseplus', login: ann.login });
      expect(other.userId).not.toBe(ann.userId);
      expect(await store.accounts.findUser('dev', ann.login)).toEqual(ann);
      expect(await store.accounts.findUser('fuseplus', ann.login)).toEqual(other);
    });

    it('that was never added is not found', async () => {
      expect(await subject.store.accounts.findUser('dev', unique('nobody'))).toBe(null);
    });

    it('is added once, however many add them at once', async () => {
      const { store } = subject;
      const [login, name] = [unique('ann'), unique('acme')];
      const user = {
        tool: 'dev',
        login,
        passwordHash: 'x',
        isAdmin: false,
        account: { name, timeZone: null, country: null },
      } as const;
      const added = await Promise.all(Array.from({ length: 5 }, () => store.accounts.addUser(user, nowMs)));
      expect(added.filter(({ ok }) => ok).length).toBe(1);
    });

    it('can be disabled and enabled again', async () => {
      const { store } = subject;
      const { userId, tool, login } = await addUser(store);
      const isDisabled = async () => (await store.accounts.findUser(tool, login))?.isDisabled;
      await store.accounts.setDisabled(userId, true, { mayLeaveNoAdmin: true });
      expect(await isDisabled()).toBe(true);
      await store.accounts.setDisabled(userId, false);
      expect(await isDisabled()).toBe(false);
    });

    it('can have another password, and nobody else has it then', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const bob = await addColleague(store, ann);
      await store.accounts.setPassword(ann.userId, 'new hash');
      expect(await store.accounts.findUser('dev', ann.login)).toEqual({ ...ann, passwordHash: 'new hash' });
      expect(await store.accounts.findUser('dev', bob.login)).toEqual(bob);
    });
  });

  describe('an account', () => {
    it('may allow what callers said and keyed in, and forbid it again', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const bob = await addUser(store);
      for (const allowsInput of [true, false]) {
        await store.accounts.setAllowsInput(ann.account.accountId, allowsInput);
        expect((await store.accounts.findUser('dev', ann.login))?.account).toEqual({ ...ann.account, allowsInput });
        expect((await store.accounts.findUser('dev', bob.login))?.account).toEqual(bob.account);
      }
    });
  });

  it('accounts are listed by name, and users by account, tool and login', async () => {
    const { store } = await freshStore(subject);
    for (const [account, tool, login] of [
      ['beta', 'dev', 'zoe'],
      ['acme', 'insight', 'ann'],
      ['acme', 'dev', 'carl'],
      ['acme', 'dev', 'bob'],
    ] as const) {
      await addUser(store, { account, tool, login, timeZone: null, country: null });
    }
    expect((await store.accounts.list()).map(({ name }) => name)).toEqual(['acme', 'beta']);
    expect((await store.accounts.users()).map((user) => [user.account.name, user.tool, user.login])).toEqual([
      ['acme', 'dev', 'bob'],
      ['acme', 'dev', 'carl'],
      ['acme', 'insight', 'ann'],
      ['beta', 'dev', 'zoe'],
    ]);
  });
}
