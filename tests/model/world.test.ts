import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../data/property-runs.ts';
import { type Account, accountAfter, type StoredCall } from './account-model.ts';
import { answersTo } from './answers.ts';
import { dayExists, dayOf, endOf } from './calendar-model.ts';
import { callers } from './callers.ts';
import { inJson } from './spell.ts';
import { isSame, isVisit, type Place, placeOf, visitsOf } from './visits.ts';
import { type SentCall, type World, world } from './world.ts';

/** A model proves nothing about what never happens in its worlds. */

const { numRuns = 300, seed = 1 } = propertyRuns(300);

interface Seen {
  readonly world: World;
  readonly account: Account;
  readonly sent: readonly SentCall[];
  /** Answers in JSON, without the refusals. */
  readonly answers: readonly string[];
}

const seen: readonly Seen[] = fc.sample(world, { numRuns, seed }).map((world) => {
  const account = accountAfter(world);
  const answers = world.questions.flatMap((question) => answersTo(world, account, question));
  return {
    world,
    account,
    sent: world.batches.flatMap(({ calls }) => calls),
    answers: answers.flatMap(({ value }) => (value === null ? [] : inJson(value))),
  };
});

/** Whether a document that was sent says otherwise of a call than the one that is stored. */
const wasOther = ({ account, sent }: Seen, differs: (before: SentCall, after: StoredCall) => boolean) =>
  account.calls.some((after) =>
    sent.some((before) => before.document.id === after.document.id && differs(before, after)),
  );

/** Whether somebody called twice, and the calls differ so. */
const calledTwice = ({ account: { calls } }: Seen, differ: (one: StoredCall, other: StoredCall) => boolean) =>
  calls.some((one) => calls.some((other) => one.caller !== null && one.caller === other.caller && differ(one, other)));

/** Whether one visit of a call comes right after another, and the two are such. */
const followed = ({ account: { calls } }: Seen, are: (before: Place, after: Place) => boolean) =>
  calls.some((call) => {
    const places = visitsOf(call).map(({ place }) => place);
    return places.some((before, index) => places.slice(index + 1, index + 2).some((after) => are(before, after)));
  });

const eventsOf = ({ document: { events } }: StoredCall, type: string) => events.filter((event) => event.type === type);
const transfersOf = (call: StoredCall) => eventsOf(call, 'transfer').map(({ result = 'completed' }) => result);
const isUp = ({ document: { ended_at = null } }: StoredCall) => ended_at === null;
const revisionOf = ({ document: { revision = 0 } }: SentCall) => revision;

const sights: Readonly<Record<string, (seen: Seen) => boolean>> = {
  'calls that are up': ({ account }) => account.calls.some(isUp),
  'calls that are up and tell of transfers': ({ account }) =>
    account.calls.some((call) => isUp(call) && transfersOf(call).length > 0),
  'documents sent twice': ({ sent }) => new Set(sent).size < sent.length,
  'documents out of date': (seen) => wasOther(seen, (before, after) => revisionOf(before) < revisionOf(after)),
  'calls moved to another day': (seen) =>
    wasOther(seen, ({ document }, { day }) => !dayOf(document.started_at, seen.world.timeZone).equals(day)),
  'calls moved to another number': (seen) => wasOther(seen, (before, after) => before.phone !== after.phone),
  'calls moved to another caller': (seen) => wasOther(seen, (before, after) => before.caller !== after.caller),
  'calls moved to another application': (seen) =>
    wasOther(seen, (before, after) => before.document.application !== after.document.application),
  'several transfers of a call': ({ account }) =>
    account.calls.some((call) => transfersOf(call).filter((result) => result === 'completed').length > 1),
  'calls of which no transfer came about': ({ account }) =>
    account.calls.some((call) => transfersOf(call).length > 0 && !transfersOf(call).includes('completed')),
  loops: (seen) => followed(seen, isSame),
  'loops with other events in between': ({ account }) =>
    account.calls.some(({ document: { events } }) =>
      events.some((event, index) => {
        const [between, ...later] = events.slice(index + 1);
        const after = later.find(isVisit);
        const isApart = between !== undefined && !isVisit(between);
        return isVisit(event) && isApart && after !== undefined && isSame(placeOf(event), placeOf(after));
      }),
    ),
  'items of one name in two forms or pages': (seen) =>
    followed(seen, (before, after) => before.item === after.item && !isSame(before, after)),
  'visits that last': ({ account }) =>
    account.calls.some((call) => visitsOf(call).some(({ outcome }) => outcome === null)),
  'callers of two days': (seen) => calledTwice(seen, (one, other) => !one.day.equals(other.day)),
  'callers of two numbers on a day': (seen) =>
    calledTwice(seen, (one, other) => one.day.equals(other.day) && one.phone !== other.phone),
  'callers spelled in two ways on a day': (seen) =>
    calledTwice(seen, (one, other) => one.day.equals(other.day) && one.document['caller'] !== other.document['caller']),
  'callers withheld': ({ account }) => account.calls.some(({ caller }) => caller === null),
  'callers from nowhere': ({ account }) =>
    account.calls.some(({ caller }) => caller !== null && callers[caller]?.region === null),
  'several applications in an answer': ({ answers }) => answers.some((answer) => /^\{"app.*\],"/.test(answer)),
  'nodes that only their names put in order': ({ answers }) =>
    answers.some((answer) => /"visits":(\d+),[^[\]]*"visits":\1,/.test(answer)),
  'countries that only their codes put in order': ({ answers }) =>
    answers.some((answer) => /"NON_US":.*:(\d+),"..":\1[,}]/.test(answer)),
  'several countries, one before the others': ({ answers }) =>
    answers.some((answer) => /"NON_US":\{"..":[2-9]\d*,"..":1[,}]/.test(answer)),
  'answers without anything': ({ answers }) => answers.includes('{"applications":[]}'),
  'numbers of several users': ({ account }) => new Set(account.owners).size > 1,
  'numbers with calls shared with others': ({ world, account }) =>
    world.shares.some(
      ({ phone, user }) => account.owners[phone] !== user && account.calls.some((call) => call.phone === phone),
    ),
  'numbers with calls given to others': ({ world, account }) =>
    world.gifts.some(
      ({ phone, user }) => world.owners[phone] !== user && account.calls.some((call) => call.phone === phone),
    ),
  'calls on days that are not 24 hours long': ({ world, account }) =>
    account.calls.some(({ day }) => day.toZonedDateTime(world.timeZone).hoursInDay !== 24),
  'questions that begin or end with a day that does not exist': ({ world }) =>
    world.questions.some((question) =>
      [question.start, endOf(question)].some((day) => !dayExists(day, world.timeZone)),
    ),
};

describe('worlds', () => {
  it.each(Object.entries(sights))('hold %s', (_, isIn) => {
    expect(seen.filter(isIn).length).toBeGreaterThan(0);
  });
});
