import { describe, expect, it } from 'vitest';
import { pageRows } from './page-rows.ts';

const start = '2026-11-01T00:00:00-04:00';
const balance = {
  start,
  application: 'harbor',
  page: 'balance.php',
  page_loads: 90,
  js_errors: 17,
  fetch_errors: 10,
  average_page_load: 2,
  page_load_p95: 4.77062,
};
const menu = { ...balance, page: 'menu.php', page_loads: 60, js_errors: 0, fetch_errors: 0, average_page_load: 0.333 };

describe('the rows of pages', () => {
  it('have errors, errors of a hundred tries, and the share of all waiting', () => {
    const [first, second] = pageRows([balance, { ...menu, average_page_load: 1 }]);
    expect(first).toEqual({
      application: 'harbor',
      page: 'balance.php',
      loads: 90,
      jsErrors: 17,
      fetchErrors: 10,
      errors: 27,
      errorsPer100: 27,
      average: 2,
      p95: 4.77062,
      waitingShare: 75,
      previous: null,
    });
    expect([second?.errors, second?.errorsPer100, second?.waitingShare]).toEqual([0, 0, 25]);
  });

  it('count a page that could never be fetched as failing each time, with no waiting', () => {
    const gone = {
      ...balance,
      page_loads: 0,
      js_errors: 0,
      fetch_errors: 3,
      average_page_load: null,
      page_load_p95: null,
    };
    const [row] = pageRows([gone]);
    expect([row?.errorsPer100, row?.average, row?.p95, row?.waitingShare]).toEqual([100, null, null, null]);
  });

  it('have the same of the period before, where it is compared', () => {
    const previous = { page_loads: 40, js_errors: 1, fetch_errors: 0, average_page_load: 0.5, page_load_p95: 0.9 };
    const none = { page_loads: 0, js_errors: 0, fetch_errors: 0, average_page_load: null, page_load_p95: null };
    const rows = pageRows([
      { ...balance, previous },
      { ...menu, previous: none },
    ]);
    expect(rows.map((row) => row.previous)).toEqual([
      {
        loads: 40,
        jsErrors: 1,
        fetchErrors: 0,
        errors: 1,
        errorsPer100: 2.5,
        average: 0.5,
        p95: 0.9,
        waitingShare: 100,
      },
      {
        loads: 0,
        jsErrors: 0,
        fetchErrors: 0,
        errors: 0,
        errorsPer100: null,
        average: null,
        p95: null,
        waitingShare: 0,
      },
    ]);
  });
});
