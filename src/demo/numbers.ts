import { bank, clinic, demoApplications, outage, pharmacy } from './applications.ts';
import type { Application } from './menu.ts';
import { type Area, areas } from './phone-series.ts';
import { type Random, Weighted } from './random.ts';

/** A number of the demo's account. */
export interface DemoNumber {
  /** E.164, of the series that are set aside for fiction. */
  readonly phone: string;
  readonly name: string;
  readonly application: Application;
  /** Of the callers of the application, how many in each area dial this number rather than its others. */
  readonly weights: Readonly<Record<Area, number>>;
}

const all = (weight: number) => ({
  northeast: weight,
  midwest: weight,
  south: weight,
  west: weight,
  elsewhere: weight,
});

export const demoNumbers: readonly DemoNumber[] = [
  {
    phone: '+16175550110',
    name: 'Refills, North',
    application: pharmacy,
    weights: { northeast: 94, midwest: 70, south: 6, west: 45, elsewhere: 60 },
  },
  {
    phone: '+14045550132',
    name: 'Refills, South',
    application: pharmacy,
    weights: { northeast: 6, midwest: 30, south: 94, west: 55, elsewhere: 40 },
  },
  { phone: '+18005550199', name: 'Balances, toll-free', application: bank, weights: { ...all(80), elsewhere: 55 } },
  {
    phone: '+12125550127',
    name: 'Balances, New York',
    application: bank,
    weights: { ...all(8), northeast: 62, elsewhere: 45 },
  },
  {
    phone: '+13125550164',
    name: 'Outages, Chicago',
    application: outage,
    weights: { northeast: 75, midwest: 97, south: 4, west: 30, elsewhere: 50 },
  },
  {
    phone: '+17135550118',
    name: 'Outages, Houston',
    application: outage,
    weights: { northeast: 25, midwest: 3, south: 96, west: 70, elsewhere: 50 },
  },
  {
    phone: '+12065550159',
    name: 'Appointments, Seattle',
    application: clinic,
    weights: { northeast: 45, midwest: 35, south: 40, west: 78, elsewhere: 60 },
  },
  {
    phone: '+13035550175',
    name: 'Appointments, Denver',
    application: clinic,
    weights: { northeast: 55, midwest: 65, south: 60, west: 22, elsewhere: 40 },
  },
];

const choices = (application: Application, area: Area): Weighted<DemoNumber> =>
  new Weighted(
    demoNumbers.filter((number) => number.application === application).map((number) => [number, number.weights[area]]),
  );

const choicesByApplication = new Map(
  demoApplications.map((application) => [
    application,
    new Map(areas.map((area) => [area, choices(application, area)])),
  ]),
);

/** The number which a caller from the area dials to reach the application. */
export function dialledNumber(random: Random, application: Application, area: Area): DemoNumber {
  const found = choicesByApplication.get(application)?.get(area);
  if (found === undefined) throw new RangeError(`${application.name} has no demo number: add one to demoNumbers.`);
  return found.pick(random);
}
