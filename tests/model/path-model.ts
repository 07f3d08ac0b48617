import type { StoredCall } from './account-model.ts';
import { outcomes } from './call-events.ts';
import { list, map, number, text, type Value } from './spell.ts';
import { isSame, type Place, type Visit, visitsOf } from './visits.ts';

/** What `path` must say of calls: visits of each form item by application, and how they ended. */

interface Application {
  readonly name: string;
  readonly visits: readonly Visit[];
}

interface Node {
  readonly place: Place;
  readonly visits: readonly Visit[];
}

export function pathOf(calls: readonly StoredCall[]): Value {
  // Their order is ours: the specification leaves it open.
  const applications = applicationsOf(calls).sort(
    (one, other) => other.visits.length - one.visits.length || compare(one.name, other.name),
  );
  return map([
    ['applications', map(applications.map(({ name, visits }) => [name, list(nodesOf(visits).map(printable))]))],
  ]);
}

function applicationsOf(calls: readonly StoredCall[]): Application[] {
  const names = [...new Set(calls.map(({ document }) => document.application))];
  return names
    .map((name) => ({
      name,
      visits: calls.filter(({ document }) => document.application === name).flatMap(visitsOf),
    }))
    .filter(({ visits }) => visits.length > 0);
}

function nodesOf(visits: readonly Visit[]): readonly Node[] {
  const places = visits
    .map(({ place }) => place)
    .filter((place, index, all) => all.findIndex((other) => isSame(place, other)) === index);
  return places
    .map((place) => ({ place, visits: visits.filter((visit) => isSame(visit.place, place)) }))
    .sort(
      (one, other) =>
        other.visits.length - one.visits.length ||
        compare(one.place.page, other.place.page) ||
        compare(one.place.form, other.place.form) ||
        compare(one.place.item, other.place.item),
    );
}

const printable = ({ place, visits }: Node): Value =>
  map([
    ['page', text(place.page)],
    ['form', text(place.form)],
    ['item', text(place.item)],
    ['visits', number(visits.length)],
    ...outcomes.map(
      (outcome) => [outcome, number(visits.filter((visit) => visit.outcome === outcome).length)] as const,
    ),
  ]);

/** By code units, as bytes of UTF-8 would say for the names that are in worlds. */
const compare = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);
