import { failed, ok, type Result } from '../../domain/result.ts';
import type { DayQuery, User } from '../../store/store.ts';
import { preview } from '../../wire/problem.ts';
import { type HttpProblem, httpProblem } from '../problems.ts';
import type { VoiceTrendsContext } from './context.ts';

/**
 * The numbers that a path asks for; null asks for all that the user owns. One that is unknown and one of somebody else look the
 * same from outside.
 */
export async function numbersOf(
  user: User,
  spelled: string | null,
  { store, readPhone }: VoiceTrendsContext,
): Promise<Result<DayQuery['numbers'], HttpProblem>> {
  if (spelled === null) return ok({ kind: 'owned', ownerId: user.userId });
  const { accountId, country } = user.account;
  const phone = readPhone(spelled.slice(0, 128), country).number;
  if (phone !== '' && (await store.numbers.isOwned(accountId, user.userId, phone))) return ok({ kind: 'one', phone });
  const detail = `phone must be ALL or a number that this login owns, got ${preview(spelled)}`;
  return failed(httpProblem('badRequest', detail));
}
