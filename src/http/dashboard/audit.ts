import type { Asked } from './caller.ts';

/** A line of the log for a change: who has made it, and what it is. Never a secret, a caller or a document. */
export function logChange(
  { request, user }: Asked,
  change: string,
  what: Readonly<Record<string, unknown>> = {},
): void {
  const by = { accountId: user.account.accountId, userId: user.userId };
  request.log.info({ requestId: request.id, ...by, change, ...what }, 'changed in the dashboard');
}
