import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Call } from '../../domain/call.ts';
import type { AccountId } from '../../store/access-store.ts';
import type { CallRecord, CallStore, NumberSet } from '../../store/call-store.ts';

/** A place in the order of calls: behind this one. */
export interface Place {
  readonly startedAtMs: number;
  readonly callId: string;
}

/** A run of time, UNIX milliseconds, both inclusive. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface CallSearch {
  readonly accountId: AccountId;
  readonly numbers: NumberSet;
  /** Where calls that are looked for may be, the latest first. */
  readonly spans: readonly Span[];
  readonly after: Place | null;
  /** How many are wanted. */
  readonly limit: number;
  /** Reads a stored document; null where it is none of those that are looked for. */
  readonly read: (record: CallRecord) => Call | null;
}

export interface FoundCall {
  readonly record: CallRecord;
  readonly call: Call;
}

export interface CallsFound {
  readonly calls: readonly FoundCall[];
  /** From where to go on; null where nothing follows. */
  readonly next: Place | null;
  /** Up to where a search has come that has taken long enough; null where it has found what was wanted, or the end. */
  readonly searchedBackToMs: number | null;
}

/** Documents of a page: enough for an answer of the usual length at first, and then more, for looking for the next ones has its price. */
const firstDocuments = 64;
const mostDocuments = 512;
const growth = 2;
/** What pages are kept to where documents are large, for a page is in memory at once, and on SQLite read in one go. */
const charactersPerPage = 1_048_576;
/** What is read in one go before others get their turn, in characters of documents: a few milliseconds. */
const charactersPerTurn = 65_536;

/**
 * Walks the documents, the latest first, until one more call is found than is wanted, nothing is left, or `isSpent` says that it has
 * taken long enough. It comes on by at least one document, so that whoever goes on from `next` comes to the end.
 */
export async function searchCalls(
  search: CallSearch,
  { store, isSpent }: { readonly store: Pick<CallStore, 'list'>; readonly isSpent: () => boolean },
): Promise<CallsFound> {
  const found: FoundCall[] = [];
  for await (const step of stepsOf(search, store)) {
    if (step.kind === 'found') found.push(step.call);
    const last = found[search.limit - 1];
    if (found.length > search.limit && last !== undefined) {
      return { calls: found.slice(0, search.limit), next: placeOf(last.record), searchedBackToMs: null };
    }
    if (isSpent()) return { calls: found, next: step.at, searchedBackToMs: step.at.startedAtMs };
  }
  return { calls: found, next: null, searchedBackToMs: null };
}

const placeOf = ({ startedAtMs, callId }: Place): Place => ({ startedAtMs, callId });

/** How far the walk has come: to a call that is looked for, past others, or through a whole span. */
type Step =
  | { readonly kind: 'found'; readonly at: Place; readonly call: FoundCall }
  | { readonly kind: 'passed'; readonly at: Place };

async function* stepsOf({ after, ...search }: CallSearch, store: Pick<CallStore, 'list'>): AsyncGenerator<Step> {
  const left = search.spans.filter((span) => after === null || isBehind(endOf(span), after));
  for (const [index, span] of left.entries()) {
    yield* stepsThrough(span, { ...search, after }, store);
    if (index < left.length - 1) yield { kind: 'passed', at: endOf(span) };
  }
}

/** No id comes after the empty one, so nothing of the span is left behind this place. */
const endOf = ({ fromMs }: Span): Place => ({ startedAtMs: fromMs, callId: '' });

/** Whether the end of a span comes later in the walk than a place. */
const isBehind = (end: Place, after: Place): boolean =>
  end.startedAtMs < after.startedAtMs || (end.startedAtMs === after.startedAtMs && after.callId !== '');

async function* stepsThrough(span: Span, search: CallSearch, store: Pick<CallStore, 'list'>): AsyncGenerator<Step> {
  const { accountId, numbers } = search;
  let after = search.after;
  let characters = 0;
  let limit = firstDocuments;
  for (;;) {
    const page = await store.list({ accountId, numbers, ...span, after, limit });
    for (const record of page) {
      characters += record.document.length;
      if (characters > charactersPerTurn) {
        characters = 0;
        await nextTurn();
      }
      const at = placeOf(record);
      const call = search.read(record);
      yield call === null ? { kind: 'passed', at } : { kind: 'found', at, call: { record, call } };
    }
    await nextTurn();
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return;
    after = placeOf(last);
    limit = limitAfter(page);
  }
}

/** How many documents the next page may have, if they are as long as those of this one. */
function limitAfter(page: readonly CallRecord[]): number {
  const characters = page.reduce((sum, { document }) => sum + document.length, 0);
  const fitting = Math.floor((charactersPerPage / characters) * page.length);
  return Math.max(1, Math.min(page.length * growth, mostDocuments, fitting));
}
