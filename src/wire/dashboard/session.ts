import { type Static, Type } from 'typebox';

/** Who has signed in, and what there is to see: the first thing that the dashboard asks for. */

const days = Type.Integer({ minimum: 1, maximum: 7, description: '1 is Monday' });

export const UserName = Type.Object({ id: Type.Integer(), tool: Type.String(), login: Type.String() });
export type UserName = Static<typeof UserName>;

export const Session = Type.Object({
  user: Type.Object({
    id: Type.Integer(),
    tool: Type.String(),
    login: Type.String(),
    is_admin: Type.Boolean({ description: 'may change settings of the account, its users and what is kept' }),
  }),
  account: Type.Object({
    name: Type.String(),
    time_zone: Type.String({ description: 'IANA name' }),
    country: Type.String({ description: 'ISO 3166-1 alpha-2' }),
    week_start: days,
    allows_input: Type.Boolean(),
  }),
  numbers: Type.Array(Type.Object({ number: Type.String(), is_owned: Type.Boolean() }), {
    description: 'those that the user owns or that are shared with the user, in order',
  }),
  kept_from: Type.Union([Type.String(), Type.Null()], {
    description: 'first month (UTC, YYYY-MM) whose calls can be opened; null where all can',
  }),
  version: Type.String({ description: 'of the server' }),
});
export type Session = Static<typeof Session>;

/** Body of `POST /dashboard/session`. */
export const SignIn = Type.Object({
  tool: Type.String({ minLength: 1, maxLength: 32 }),
  login: Type.String({ minLength: 1, maxLength: 256 }),
  password: Type.String({ minLength: 1, maxLength: 4096 }),
});
export type SignIn = Static<typeof SignIn>;
