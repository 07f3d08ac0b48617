import type { CallsByRegion } from '../../domain/reports/regions.ts';
import type { Printable } from './printable.ts';

/** `{"US":{"AL":0,…,"US Toll-Free":1},"NON_US":{"GB":2,…}}` */
export const regionAnswer = ({ us, countries }: CallsByRegion): Printable => ({
  US: new Map([...us.states.map(({ state, calls }) => [state, calls] as const), ['US Toll-Free', us.tollFree]]),
  NON_US: new Map(countries.map(({ country, calls }) => [country, calls])),
});
