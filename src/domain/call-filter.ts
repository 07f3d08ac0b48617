import type { Call, CallEvent, EndReason, Outcome, Visit } from './call.ts';
import { type Move, movesOf, type Node, visitsOf } from './contribution.ts';

/** How a call ended, or that it has not. */
export type CallOutcome = EndReason | 'in_progress';

export const outcomeOf = ({ end }: Call): CallOutcome => end?.reason ?? 'in_progress';

/** What a node of a move must be. null stands for whatever there is. */
export interface NodeFilter {
  readonly page: string | null;
  readonly form: string | null;
  readonly item: string | null;
}

/** Which calls are looked for: all that is given must hold, null asks for nothing. */
export interface CallFilter {
  /** Beginning of the id. */
  readonly id: string | null;
  /** The number of the caller, or last digits of it; whichever holds. */
  readonly caller: { readonly number: string; readonly ending: string | null } | null;
  readonly application: string | null;
  readonly outcome: CallOutcome | null;
  readonly region: string | null;
  /** An error of the kind, on the page where one is given. A script error whose page is unknown is on none. */
  readonly error: 'any' | 'js' | 'fetch' | null;
  /** A page that was loaded, failed, or had a form item visited. */
  readonly page: string | null;
  readonly visit: (NodeFilter & { readonly outcome: Outcome | null }) | null;
  readonly move: { readonly from: NodeFilter; readonly to: NodeFilter } | null;
  /** A page (the given one, where there is one) took longer to load. */
  readonly slowerThanMs: number | null;
}

/** Whether a call is one of those that are looked for. */
export function isWanted(call: Call, filter: CallFilter): boolean {
  return isWantedWhole(call, filter) && hasWantedEvents(call, filter);
}

function isWantedWhole(call: Call, { id, caller, application, outcome, region }: CallFilter): boolean {
  return (
    (id === null || call.id.startsWith(id)) &&
    (caller === null || isCaller(call.caller, caller)) &&
    (application === null || call.application === application) &&
    (outcome === null || outcomeOf(call) === outcome) &&
    (region === null || call.callerRegion === region)
  );
}

const isCaller = (
  caller: string | null,
  { number, ending }: { readonly number: string; readonly ending: string | null },
): boolean => caller !== null && (caller === number || (ending !== null && caller.endsWith(ending)));

function hasWantedEvents(call: Call, { error, page, visit, move, slowerThanMs }: CallFilter): boolean {
  const { events } = call;
  return (
    (page === null || events.some((event) => pageOf(event) === page)) &&
    (error === null || events.some((event) => isError(event, error) && isOn(event, page))) &&
    (slowerThanMs === null ||
      events.some((event) => event.kind === 'pageLoad' && event.durationMs > slowerThanMs && isOn(event, page))) &&
    (visit === null || visitsOf(events).some((each) => isVisit(each, visit))) &&
    (move === null || movesOf(call).some((each) => isMove(each, move)))
  );
}

/** null where the event has none, or it is not known. */
function pageOf(event: CallEvent): string | null {
  if (event.kind === 'visit') return event.visit.page;
  return 'page' in event ? event.page : null;
}

const isOn = (event: CallEvent, page: string | null): boolean => page === null || pageOf(event) === page;

const isError = ({ kind }: CallEvent, wanted: NonNullable<CallFilter['error']>): boolean =>
  (kind === 'jsError' && wanted !== 'fetch') || (kind === 'fetchError' && wanted !== 'js');

const isVisit = (visit: Visit, wanted: NonNullable<CallFilter['visit']>): boolean =>
  isNode([visit.page, visit.form, visit.item], wanted) && (wanted.outcome === null || visit.outcome === wanted.outcome);

const isMove = ({ from, to }: Move, wanted: NonNullable<CallFilter['move']>): boolean =>
  isNode(from, wanted.from) && isNode(to, wanted.to);

const isNode = ([page, form, item]: Node, wanted: NodeFilter): boolean =>
  (wanted.page === null || wanted.page === page) &&
  (wanted.form === null || wanted.form === form) &&
  (wanted.item === null || wanted.item === item);
