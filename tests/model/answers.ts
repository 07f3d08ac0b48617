import { type Account, callsFor } from './account-model.ts';
import { dayExists, daysOf, endOf } from './calendar-model.ts';
import { pathOf } from './path-model.ts';
import { phones, spelled } from './phones.ts';
import { regionsOf } from './region-model.ts';
import { seriesFigures, seriesOf } from './series-model.ts';
import type { Value } from './spell.ts';
import type { Question, World } from './world.ts';

/** What one resource must answer to a question. */
export interface Expected {
  readonly path: string;
  /** null stands for a refusal. */
  readonly value: Value | null;
}

export const seriesResources = ['volume', 'events', 'performance', 'profile'] as const;

/** A question put to every resource. */
export function answersTo(world: World, account: Account, question: Question): readonly Expected[] {
  const { timeZone } = world;
  const { period } = question;
  const calls = isAskable(question, timeZone) ? callsFor(account, question) : null;
  const within = calls?.filter(({ day }) => daysOf(question).some((asked) => asked.equals(day))) ?? [];
  const answer = (path: string, value: Value): Expected => ({ path, value: calls === null ? null : value });
  const dates = `${compact(question.start)}/${compact(endOf(question))}`;
  const phone = phoneIn(world, question);
  return [
    ...seriesResources.map((resource) =>
      answer(`${resource}/${dates}/${period}/${phone}`, seriesOf(seriesFigures[resource], timeZone, question, within)),
    ),
    answer(`path/${dates}/${phone}`, pathOf(within)),
    answer(`profile/${dates}/${phone}`, regionsOf(within)),
  ];
}

/** false where the clocks skipped the first day or the last. */
const isAskable = (question: Question, timeZone: string) =>
  dayExists(question.start, timeZone) && dayExists(endOf(question), timeZone);

const compact = (day: Temporal.PlainDate) => day.toString().replaceAll('-', '');

const phoneIn = ({ country }: World, { phone, spelling }: Question) =>
  phone === 'ALL' ? 'ALL' : encodeURIComponent(spelled(phones[phone], country, spelling));
