import { failed, ok, type Result } from '../../domain/result.ts';
import type { User } from '../../store/access-store.ts';
import type { DayQuery } from '../../store/call-store.ts';
import { preview } from '../../wire/problem.ts';
import { ownedNumber } from '../data-request.ts';
import { type HttpProblem, httpProblem } from '../problems.ts';
import type { VoiceTrendsContext } from './context.ts';

/** The numbers that a path asks for; null asks for all that the user owns. */
export async function numbersOf(
  user: User,
  spelled: string | null,
  context: VoiceTrendsContext,
): Promise<Result<DayQuery['numbers'], HttpProblem>> {
  if (spelled === null) return ok({ kind: 'owned', ownerId: user.userId });
  const phone = await ownedNumber(user, spelled, context);
  if (phone !== null) return ok({ kind: 'one', phone });
  const detail = `phone must be ALL or a number that this login owns, got ${preview(spelled)}`;
  return failed(httpProblem('badRequest', detail));
}
