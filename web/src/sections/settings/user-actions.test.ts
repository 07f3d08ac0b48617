import { expect, it } from 'vitest';
import { possibleActions } from './user-actions.ts';

const user = { id: 1, tool: 'dev', login: 'plum', is_admin: false, is_disabled: false, is_you: false };

it.each([
  { given: {}, actions: ['promote', 'password', 'disable'] },
  { given: { is_admin: true }, actions: ['demote', 'password', 'disable'] },
  { given: { is_disabled: true }, actions: ['promote', 'password', 'enable'] },
  { given: { is_admin: true, is_you: true }, actions: [] },
])('of a user with $given: $actions', ({ given, actions }) => {
  expect(possibleActions({ ...user, ...given })).toEqual(actions);
});
