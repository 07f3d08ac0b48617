import parsePhoneNumber from 'libphonenumber-js';
import { describe, expect, it } from 'vitest';
import { demoApplications } from './applications.ts';
import { liveNumbers } from './live-calls.ts';
import { demoNumbers } from './numbers.ts';
import { callerSeries, states } from './phone-series.ts';

const nobody = /^\+1\d{3}55501\d\d$/;

describe('phone series', () => {
  it('has each of the fifty states and DC once, with the population of the census', () => {
    expect(new Set(states.map(({ code }) => code)).size).toBe(51);
    const thousands = states.reduce((sum, { population }) => sum + population, 0);
    expect(Math.round(thousands / 1000)).toBe(331);
  });

  it('has each beginning once', () => {
    const prefixes = callerSeries.map(({ prefix }) => prefix);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });

  it('has valid numbers of the five countries only, and of the North American only those that are set aside', () => {
    const numbers = callerSeries.map(({ prefix, digits }) => prefix + '9'.repeat(digits));
    const countries = new Set(numbers.map((number) => parsePhoneNumber(number)?.country));
    expect([...countries].sort()).toEqual(['CA', 'DE', 'GB', 'MX', 'US']);
    expect(numbers.filter((number) => parsePhoneNumber(number)?.isValid() !== true)).toEqual([]);
    expect(numbers.filter((number) => number.startsWith('+1') && !nobody.test(number))).toEqual([]);
  });
});

describe("the account's numbers", () => {
  it('are fictitious and distinct, and lead to every application', () => {
    const phones = [
      ...demoNumbers.map(({ phone }) => phone),
      ...demoApplications.map(({ agentNumber }) => agentNumber),
    ];
    expect(phones.filter((phone) => !nobody.test(phone))).toEqual([]);
    expect(new Set(phones).size).toBe(phones.length);
    expect(new Set(demoNumbers.map(({ application }) => application))).toEqual(new Set(demoApplications));
    expect(demoNumbers.filter(({ phone }) => phone.startsWith('+1800'))).toHaveLength(1);
  });

  it('for measuring are fictitious and distinct, as many as asked for', () => {
    const phones = liveNumbers(20_000);
    expect(new Set(phones).size).toBe(20_000);
    expect(phones.filter((phone) => !nobody.test(phone))).toEqual([]);
  });

  it.each([0, 1_000_000])('for measuring cannot be %d', (count) => {
    expect(() => liveNumbers(count)).toThrow(`got ${count}`);
  });
});
