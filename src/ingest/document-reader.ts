import { printApplied } from '../domain/applied.ts';
import { Calendar } from '../domain/calendar.ts';
import type { Call } from '../domain/call.ts';
import { type Contribution, contributions } from '../domain/contribution.ts';
import type { ReadPhone } from '../domain/phone.ts';
import { failed, ok, type Result } from '../domain/result.ts';
import type { Account } from '../store/access-store.ts';
import type { NewReject, RecordedCall } from '../store/call-store.ts';
import { parseCall } from '../wire/call-parser.ts';
import type { Problem } from '../wire/problem.ts';

/** Calendars by time zone, each made once: what they have worked out about their zone is worth keeping. */
export class Calendars {
  readonly #byZone = new Map<string, Calendar>();

  of(timeZone: string): Calendar {
    const known = this.#byZone.get(timeZone);
    if (known !== undefined) return known;
    const calendar = Calendar.open(timeZone);
    if (calendar === null)
      throw new Error(`an account has the time zone ${timeZone}, which this Node.js does not know`);
    this.#byZone.set(timeZone, calendar);
    return calendar;
  }
}

/** What became of the bytes of one document: a call to store, or a reject to keep. `isJson` tells the two kinds of reject apart. */
export type ReadDocument =
  | { readonly kind: 'call'; readonly call: RecordedCall }
  | { readonly kind: 'reject'; readonly reject: NewReject; readonly isJson: boolean };

export interface ReaderOptions {
  readonly calendars: Calendars;
  readonly readPhone: ReadPhone;
  readonly maxDocumentBytes: number;
  readonly maxEvents: number;
}

/** Reads documents for one account: parse → normalise → contribute. */
export class DocumentReader {
  readonly #account: Account;
  readonly #calendar: Calendar;
  readonly #options: ReaderOptions;

  constructor(account: Account, options: ReaderOptions) {
    this.#account = account;
    this.#calendar = options.calendars.of(account.timeZone);
    this.#options = options;
  }

  /** By whose days calls count. */
  get timeZone(): string {
    return this.#calendar.timeZone;
  }

  /** Reads a document as it was sent: its text, or its bytes where they are not UTF-8. */
  read(sent: string | Uint8Array): ReadDocument {
    if (typeof sent !== 'string') return rejected(sent, { path: '', error: 'must be UTF-8 text' });
    const { maxDocumentBytes } = this.#options;
    // UTF-8 takes at most 3 bytes for a UTF-16 unit, so most documents need not be measured.
    const bytes = sent.length * 3 > maxDocumentBytes ? Buffer.byteLength(sent) : 0;
    if (bytes > maxDocumentBytes) {
      return rejected(sent, { path: '', error: `must be at most ${maxDocumentBytes} bytes, got ${bytes}` });
    }
    const value = parseJson(sent);
    if (!value.ok) return { ...rejected(sent, { path: '', error: value.error }), isJson: false };
    const { readPhone, maxEvents } = this.#options;
    const { country, allowsInput } = this.#account;
    const call = parseCall(value.value, { country, allowsInput, readPhone, maxEvents });
    if (!call.ok) return rejected(sent, call.error, value.value);
    const { id: callId, revision, phone, startedAtMs } = call.value;
    const applied = printApplied(contributions(call.value, this.#calendar));
    return { kind: 'call', call: { callId, revision, phone, startedAtMs, document: sent, applied } };
  }

  /**
   * What a stored document contributes by the definitions of now, to the number that it was stored under: a new version of the
   * numbering plans may spell it in another way, and the account has it in the old one.
   */
  contributionsOf(document: string, phone: string): readonly Contribution[] {
    return contributions(this.callOf(document, phone), this.#calendar);
  }

  /** A stored document as the call that it describes, of the number that it was stored under. */
  callOf(document: string, phone: string): Call {
    // Whether `input` was allowed, and how many events, was decided when the document came in.
    const { readPhone } = this.#options;
    const limits = { allowsInput: true, maxEvents: Number.POSITIVE_INFINITY };
    const call = parseCall(JSON.parse(document), { country: this.#account.country, readPhone, ...limits });
    if (!call.ok) throw new Error(`a stored document is no longer accepted: ${call.error.path} ${call.error.error}`);
    return { ...call.value, phone };
  }
}

function parseJson(text: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    // The only way in which JSON.parse tells.
    return failed(`must be JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function rejected(sent: string | Uint8Array, problem: Problem, value?: unknown) {
  const document = typeof sent === 'string' ? Buffer.from(sent) : sent;
  const reject = {
    document,
    callId: idOf(value),
    path: storable(problem.path, 256),
    error: storable(problem.error, 1024),
  };
  return { kind: 'reject', reject, isJson: true } as const;
}

/** The id of a document that is otherwise wrong, so that its sender finds it. */
function idOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('id' in value) || typeof value.id !== 'string') return null;
  return storable(value.id, 128);
}

/** What a document says may stand in its problem, and not every store can hold NUL, nor half a character. */
const storable = (text: string, longest: number): string =>
  text.slice(0, longest).replaceAll('\0', '\ufffd').toWellFormed();
