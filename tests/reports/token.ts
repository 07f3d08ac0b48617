import { keyHint, newApiToken, sha256Of } from '../../src/secrets/tokens.ts';
import type { User } from '../../src/store/access-store.ts';
import type { TestServer } from '../harness/server.ts';

export interface NewToken {
  readonly token: string;
  readonly tokenId: number;
}

/** A token of the user, as `voxgauge token add` makes them. */
export async function newToken({ store, clock }: TestServer, user: User): Promise<NewToken> {
  const token = newApiToken();
  const made = { user, sha256: sha256Of(token), hint: keyHint(token), label: 'wallboard' };
  const { tokenId } = await store.tokens.add(made, clock.nowMs);
  return { token, tokenId };
}
