import { readReportCommand, sendCallCommand } from '../../format/commands.ts';
import { dayIn } from '../../state/days.ts';

interface Example {
  readonly secret: string;
  readonly origin: string;
  readonly nowMs: number;
  readonly timeZone: string;
}

/** What is said about keys, and about tokens: both are secrets that programs carry. */
export interface SecretKind {
  readonly name: 'keys' | 'tokens';
  readonly title: string;
  readonly noun: string;
  readonly hint: string;
  readonly labelHint: string;
  readonly nothing: string;
  /** What happens when one is revoked. */
  readonly revoking: string;
  readonly exampleTitle: string;
  readonly example: (given: Example) => string;
}

export const secretKinds: Readonly<Record<SecretKind['name'], SecretKind>> = {
  keys: {
    name: 'keys',
    title: 'Ingest keys',
    noun: 'ingest key',
    hint: 'A platform that sends calls carries a key. Numbers that come in with it belong to the user of the key.',
    labelHint: 'What sends with it, for example “platform, live”',
    nothing: 'There are no keys yet. Make one, and send the first call with it.',
    revoking:
      'From now on the server refuses whoever sends with it, with 401, until they carry another key. Calls that have come in stay. To replace a key without a gap, make a new one and move the senders first.',
    exampleTitle: 'Send a first call',
    example: ({ secret, origin, nowMs }) => sendCallCommand({ origin, key: secret, nowMs }),
  },
  tokens: {
    name: 'tokens',
    title: 'API tokens',
    noun: 'API token',
    hint: 'A program that reads reports carries a token. It reads what its user owns, and does nothing else.',
    labelHint: 'What reads with it, for example “wallboard”',
    nothing: 'There are no tokens yet.',
    revoking: 'From now on the server refuses whoever reads with it, with 401, until they carry another token.',
    exampleTitle: 'Read the last seven days',
    example: ({ secret, origin, nowMs, timeZone }) =>
      readReportCommand({ origin, token: secret, today: dayIn(timeZone, new Date(nowMs)) }),
  },
};
