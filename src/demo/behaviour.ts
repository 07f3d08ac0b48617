import type { CallDocument, CallEvent } from '../wire/call-document.ts';
import type { Item, Page } from './menu.ts';
import { type Random, Weighted } from './random.ts';

/** How callers, servers and agents behave, one draw at a time. Times are milliseconds. */

/** What else decides how a call goes. */
export interface Situation {
  readonly version: 'v1' | 'v2';
  /** The pages of an application with a script that breaks are slow at first, then the script is broken. */
  readonly incident: 'none' | 'slow' | 'broken';
  readonly agentsAreIn: boolean;
}

export type EndReason = NonNullable<CallDocument['end_reason']>;
type EventOf<T extends CallEvent['type']> = Extract<CallEvent, { readonly type: T }>;
export type Outcome = Exclude<NonNullable<EventOf<'form_item'>['outcome']>, 'transfer'>;
export type TransferResult = NonNullable<EventOf<'transfer'>['result']>;
type Input = Pick<EventOf<'form_item'>, 'input_mode' | 'confidence'>;

/** How fetching a page fails: what the browser throws, the HTTP status if there was one, and how long it took. */
interface FetchFailure {
  readonly event: string;
  readonly status: number | null;
  readonly medianMs: number;
}

export const transferResults = new Weighted<TransferResult>([
  ['completed', 84],
  ['noanswer', 8],
  ['busy', 6],
  ['failed', 2],
]);

export const fetchFailureShare = 0.004;
export const fetchFailures = new Weighted<FetchFailure>([
  [{ event: 'error.badfetch.http.503', status: 503, medianMs: 900 }, 50],
  [{ event: 'error.badfetch.http.500', status: 500, medianMs: 700 }, 22],
  [{ event: 'error.badfetch.http.404', status: 404, medianMs: 150 }, 8],
  [{ event: 'error.badfetch', status: null, medianMs: 10_000 }, 20],
]);

const rareScriptErrorShare = 0.0008;
const brokenScriptShare = 0.85;
const rareScriptError = { line: 12, message: 'ReferenceError: session is not defined' };

const noinputTimeoutMs = 5000;
/** σ of the logarithm of page loads, of the time that a caller takes, and of a talk with an agent. */
const spread = { load: 0.38, answer: 0.3, talk: 0.7 };

export function loadTimeMs(random: Random, page: Page, { version, incident }: Situation): number {
  const medianMs = version === 'v2' ? page.medianLoadMsInV2 : page.medianLoadMs;
  const slowness = incident === 'slow' ? random.between(2.5, 5) : 1;
  return random.logNormal(medianMs * slowness, spread.load);
}

/** The script error of one load: in the incident mostly, otherwise hardly ever, and then null. */
export function scriptError(
  random: Random,
  { brokenScript }: Page,
  { incident }: Situation,
): typeof rareScriptError | null {
  if (brokenScript !== null && incident === 'broken' && random.chance(brokenScriptShare)) return brokenScript;
  return random.chance(rareScriptErrorShare) ? rareScriptError : null;
}

/** How a visit ends. Who failed before is likelier to fail again, and to hang up: `tries` counts this one. */
export function outcomeOf(random: Random, item: Item, tries: number): Outcome {
  const impatience = 0.5 + tries / 2;
  const drawn = random.unit() / impatience;
  const failures = [
    ['disconnect', item.dropOffShare],
    ['noinput', item.dropOffShare + item.noinputShare],
    ['nomatch', item.dropOffShare + item.noinputShare + item.nomatchShare],
  ] as const;
  return failures.find(([, share]) => drawn < share)?.[0] ?? 'filled';
}

export function visitTimeMs(random: Random, item: Item, outcome: Outcome): number {
  if (outcome === 'noinput') return item.medianMs * 0.6 + noinputTimeoutMs;
  if (item.kind === 'say' && outcome === 'filled') return item.medianMs * random.between(0.97, 1.03);
  const durationMs = random.logNormal(item.medianMs, spread.answer);
  return outcome === 'disconnect' ? durationMs * random.between(0.15, 0.95) : durationMs;
}

/** How the caller answered, if there was an answer; speech comes with the recognizer's confidence. */
export function inputOf(random: Random, item: Item, outcome: Outcome): Input {
  if (item.kind === 'say' || outcome === 'noinput' || outcome === 'disconnect') return {};
  if (!random.chance(item.voiceShare)) return { input_mode: 'dtmf' };
  const understood = Math.max(0.45, 0.98 - Math.abs(random.normal()) * 0.13);
  const confidence = outcome === 'filled' ? understood : random.between(0.05, 0.44);
  return { input_mode: 'voice', confidence: Math.round(confidence * 100) / 100 };
}

export function transferTimeMs(random: Random, result: TransferResult): number {
  if (result === 'completed') return random.logNormal(150_000, spread.talk);
  return result === 'noanswer' ? random.between(25_000, 30_000) : random.between(700, 3000);
}
