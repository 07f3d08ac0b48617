import { type Static, Type } from 'typebox';
import { UserName } from './session.ts';

/** What the settings pages show and change. */

const instant = Type.String({ description: 'RFC 3339 with the offset of the time zone of the account' });
const instantOrNull = Type.Union([instant, Type.Null()]);

/** `GET /dashboard/numbers`: of an administrator all of the account, of others those that they own or see. */
export const NumberSettings = Type.Object({
  number: Type.String(),
  owner: UserName,
  shared_with: Type.Array(UserName, { description: 'empty where the user is neither owner nor administrator' }),
  can_change: Type.Boolean({ description: 'the owner and administrators share a number and give it away' }),
});
export const NumberList = Type.Object({ numbers: Type.Array(NumberSettings) });
export type NumberSettings = Static<typeof NumberSettings>;
export type NumberList = Static<typeof NumberList>;
/** `POST /dashboard/numbers`, in any usual spelling. */
export const NewNumber = Type.Object({ number: Type.String({ minLength: 1, maxLength: 128 }) });
/** `POST /dashboard/numbers/share`, `…/unshare`, `…/give`. */
export const NumberWith = Type.Object({
  number: Type.String({ minLength: 1, maxLength: 128 }),
  user_id: Type.Integer(),
});

/** `GET /dashboard/keys`, `GET /dashboard/tokens`: those of the user, of an administrator those of the account. Keys are told apart by their beginning. */
export const Secret = Type.Object({
  id: Type.Integer(),
  user: UserName,
  hint: Type.String(),
  label: Type.String(),
  is_strict: Type.Boolean({ description: 'of keys: adds no numbers to the account' }),
  created_at: instant,
  last_used_at: instantOrNull,
  revoked_at: instantOrNull,
});
export const SecretList = Type.Object({ secrets: Type.Array(Secret) });
export type Secret = Static<typeof Secret>;
export type SecretList = Static<typeof SecretList>;
/** `POST /dashboard/keys`, `POST /dashboard/tokens` */
export const NewSecret = Type.Object({
  label: Type.String({ maxLength: 80 }),
  is_strict: Type.Optional(Type.Boolean()),
});
/** The secret is shown once, and kept nowhere. */
export const MadeSecret = Type.Object({ id: Type.Integer(), secret: Type.String() });
export type MadeSecret = Static<typeof MadeSecret>;

/** `GET /dashboard/users`: all of the account, for everybody who may share with them; details for administrators. */
export const UserSettings = Type.Object({
  id: Type.Integer(),
  tool: Type.String(),
  login: Type.String(),
  is_admin: Type.Boolean(),
  is_disabled: Type.Boolean(),
  is_you: Type.Boolean(),
});
export const UserList = Type.Object({ users: Type.Array(UserSettings), can_change: Type.Boolean() });
export type UserSettings = Static<typeof UserSettings>;
export type UserList = Static<typeof UserList>;
/** `POST /dashboard/users` */
export const NewUserRequest = Type.Object({
  tool: Type.String({ minLength: 1, maxLength: 32 }),
  login: Type.String({ minLength: 1, maxLength: 256 }),
  password: Type.String({ minLength: 8, maxLength: 4096 }),
  is_admin: Type.Boolean(),
});
/** `PATCH /dashboard/users/{id}` */
export const UserChange = Type.Object({
  is_admin: Type.Optional(Type.Boolean()),
  is_disabled: Type.Optional(Type.Boolean()),
  password: Type.Optional(Type.String({ minLength: 8, maxLength: 4096 })),
});
export type UserChange = Static<typeof UserChange>;
/** `POST /dashboard/password`: one's own. Ends all other sessions. */
export const PasswordChange = Type.Object({
  current: Type.String({ maxLength: 4096 }),
  password: Type.String({ minLength: 8, maxLength: 4096 }),
});

/** `PATCH /dashboard/account` */
export const AccountChange = Type.Object({
  time_zone: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'IANA name' })),
  week_start: Type.Optional(Type.Integer({ minimum: 1, maximum: 7, description: '1 is Monday' })),
  allows_input: Type.Optional(Type.Boolean()),
});
export type AccountChange = Static<typeof AccountChange>;
/** `GET /dashboard/account`: whether sums are being counted anew after the time zone has changed. */
export const AccountState = Type.Object({
  recount: Type.Union([
    Type.Object({
      share: Type.Number({
        minimum: 0,
        maximum: 1,
        description: 'of the documents that are counted by the new time zone',
      }),
    }),
    Type.Null(),
  ]),
});
export type AccountState = Static<typeof AccountState>;

/** `GET /dashboard/rejects?after=ID`: of the keys of the user; of an administrator those of the account. */
export const RejectSummary = Type.Object({
  id: Type.Integer(),
  call_id: Type.Union([Type.String(), Type.Null()]),
  user: UserName,
  path: Type.String({ description: 'JSON pointer to the field; empty for the whole document' }),
  error: Type.String(),
  times: Type.Integer({ description: 'how often the same bytes came in' }),
  first_at: instant,
  last_at: instant,
});
export const RejectList = Type.Object({
  rejects: Type.Array(RejectSummary),
  next: Type.Union([Type.Integer(), Type.Null()], { description: '`after` of what follows' }),
  total: Type.Integer({ description: 'of the account' }),
});
export type RejectSummary = Static<typeof RejectSummary>;
export type RejectList = Static<typeof RejectList>;
/** `GET /dashboard/rejects/{id}` */
export const RejectDetail = Type.Object({
  reject: RejectSummary,
  document: Type.Union([Type.String(), Type.Null()], { description: 'as it was sent; null where it is not UTF-8' }),
});
export type RejectDetail = Static<typeof RejectDetail>;
/** `POST /dashboard/rejects/{id}/retry`: as it was sent, or corrected. */
export const RejectRetry = Type.Object({ document: Type.Optional(Type.String()) });
export const RetryAnswer = Type.Union([
  Type.Object({
    taken: Type.Literal(true),
    call_id: Type.String(),
    outcome: Type.String({ description: 'stored, replaced, unchanged or stale' }),
  }),
  Type.Object({ taken: Type.Literal(false), path: Type.String(), error: Type.String() }),
]);
export type RetryAnswer = Static<typeof RetryAnswer>;

/** `GET /dashboard/retention` */
export const Retention = Type.Object({
  kept_from: Type.Union([Type.String(), Type.Null()], {
    description: 'YYYY-MM, UTC; null where all documents are kept',
  }),
  documents: Type.Union([Type.Integer(), Type.Null()], {
    description: 'of the server; null where can_change is false',
  }),
  can_change: Type.Boolean({ description: 'an administrator of the only account of the server' }),
  reason: Type.Union([Type.String(), Type.Null()], { description: 'why it cannot be changed here' }),
});
export type Retention = Static<typeof Retention>;
/** `POST /dashboard/retention` */
export const RetentionChange = Type.Object({ kept_from: Type.String({ pattern: '^\\d{4}-\\d{2}$' }) });
export const RetentionDone = Type.Object({
  kept_from: Type.String(),
  documents: Type.Integer({ description: 'that were removed' }),
});
export type RetentionDone = Static<typeof RetentionDone>;
