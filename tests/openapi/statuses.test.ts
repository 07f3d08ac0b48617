import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Answer } from '../http/voicetrends/exchange.ts';
import { type Case, cases, isOfCode } from './cases.ts';
import { deviationsOf, typeOf } from './conformity.ts';
import { type Documented, operations } from './document.ts';
import { dataDrivers } from './drivers/data.ts';
import { ingestDrivers } from './drivers/ingest.ts';
import { logInDrivers } from './drivers/log-in.ts';
import { type Driver, type Stage, setStage } from './drivers/stage.ts';

/** Everything that is documented is answered, as it is documented: a status without a driver here has not been tried, and fails. */

let stage: Stage & { close(): Promise<void> };
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

const drivers: Readonly<Record<string, Readonly<Record<string, Driver>>>> = {
  sendCalls: ingestDrivers,
  logIn: logInDrivers,
};

const driversOf = ({ method, operation }: Documented): Readonly<Record<string, Driver>> =>
  drivers[operation.operationId] ?? (method === 'GET' ? dataDrivers : {});
const keyOf = ({ status, code }: Case): string => (code === null ? `${status}` : `${status} ${code}`);

function driverOf(each: Case): Driver {
  const driver = driversOf(each.documented)[keyOf(each)];
  if (driver !== undefined) return driver;
  throw new Error(`these tests do not know how to make ${each.documented.name} answer ${keyOf(each)}`);
}

it.each(cases)('$title', async (each) => {
  const { documented, status, type, code } = each;
  const answers = await driverOf(each)({ stage, documented, accept: type });
  const judged = (judge: (answer: Answer) => unknown) =>
    Object.fromEntries(Object.entries(answers).map(([way, answer]) => [way, judge(answer)]));
  expect(Object.keys(answers)).not.toEqual([]);
  expect(
    judged((answer) => ({
      status: answer.status,
      type: typeOf(answer),
      deviations: deviationsOf(documented, answer),
      isOfCode: isOfCode(answer, code),
    })),
  ).toEqual(judged(() => ({ status, type, deviations: [], isOfCode: true })));
});

/** What could be tried of an operation, and is not among its answers. */
const lacking = operations.flatMap((documented) => {
  const documentedKeys = new Set(cases.filter((each) => each.documented === documented).map(keyOf));
  return Object.entries(driversOf(documented))
    .filter(([key]) => !documentedKeys.has(key))
    .map(([key, driver]) => ({ documented, driver, name: documented.name, key }));
});

it.each(lacking)('$name answers as the document says to what elsewhere is $key', async ({ documented, driver }) => {
  const answers = await driver({ stage, documented, accept: 'application/json' });
  expect(Object.values(answers).flatMap((answer) => deviationsOf(documented, answer))).toEqual([]);
});

it('tries every status in every type that the document has', () => {
  const documented = operations.flatMap(({ name, operation }) =>
    Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
      Object.keys(content).map((type) => `${name} ${status} ${type}`),
    ),
  );
  const tried = cases.map(({ documented: { name }, status, type }) => `${name} ${status} ${type}`);
  expect([...new Set(tried)]).toEqual(documented);
});
