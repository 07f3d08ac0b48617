import { describe, expect, it } from 'vitest';
import type { ReportRow } from '../../api/rows.ts';
import { shareOf, troubleShares } from './outcomes.ts';
import { choicesOf, parametersOf, readSelection, selectionOf } from './selection.ts';
import { worstItems } from './worst-items.ts';

const figures = (visits: number, nomatch: number, noinput: number, disconnect = 0) => ({
  visits,
  visits_filled: visits - nomatch - noinput - disconnect,
  visits_nomatch: nomatch,
  visits_noinput: noinput,
  visits_transfer: 0,
  visits_disconnect: disconnect,
});

const item = (path: string, values: Readonly<Record<string, number>> = {}): ReportRow => {
  const [application = '', page = '', form = '', name = ''] = path.split(' ');
  return { start: '2018-02-01T00:00:00-05:00', application, page, form, item: name, ...values };
};

describe('shares of visits', () => {
  const row: ReportRow = { start: '', ...figures(200, 30, 20, 10), previous: figures(100, 5, 0) };

  it('are percent of the visits that ended so', () => {
    expect(shareOf(row, ['nomatch'])).toBe(15);
    expect(shareOf(row, ['nomatch', 'noinput'])).toBe(25);
    expect(shareOf(row, ['filled'])).toBe(70);
  });

  it('are unknown without visits', () => {
    expect(shareOf({ start: '', ...figures(0, 0, 0) }, ['filled'])).toBeNull();
    expect(shareOf(undefined, ['filled'])).toBeNull();
  });

  it('are drawn for what goes wrong, with the period before', () => {
    expect(troubleShares([row, { start: '', ...figures(0, 0, 0), previous: figures(0, 0, 0) }])).toEqual([
      { name: 'No match', place: 1, unit: 'percent', values: [15, null], previous: [5, null] },
      { name: 'No input', place: 2, unit: 'percent', values: [10, null], previous: [0, null] },
      { name: 'Hung up', place: 4, unit: 'percent', values: [5, null], previous: [0, null] },
    ]);
    expect(troubleShares([{ start: '', ...figures(10, 1, 2, 3) }]).map(({ previous }) => previous)).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('the worst form items', () => {
  const rows = [
    item('a p f rare', figures(49, 49, 0)),
    item('a p f good', figures(1000, 0, 0)),
    item('a p f big', figures(1000, 50, 50)),
    item('a p f small', figures(50, 5, 0, 10)),
    item('a p f worst', figures(60, 0, 30)),
  ];
  const names = (list: readonly ReportRow[]) => list.map((row) => row['item']);

  it('are those with the greatest share, of enough visits; of equal ones the more visited', () => {
    expect(names(worstItems(rows, { choice: 'unanswered', leastVisits: 50 }))).toEqual(['worst', 'big', 'small']);
    expect(names(worstItems(rows, { choice: 'nomatch', leastVisits: 10 }))).toEqual(['rare', 'small', 'big']);
    expect(names(worstItems(rows, { choice: 'disconnect', leastVisits: 50 }))).toEqual(['small']);
    expect(names(worstItems(rows, { choice: 'noinput', leastVisits: 1001 }))).toEqual([]);
  });
});

describe('what can be chosen', () => {
  const rows = [
    item('harbor menu.php main choice'),
    item('harbor menu.php main again'),
    item('harbor start.php signin pin'),
    item('cedar start.php main choice'),
  ];
  const none = { application: null, page: null, form: null, item: null };

  it('is everything at first, in order and once', () => {
    expect(choicesOf(rows, none)).toEqual({
      applications: ['cedar', 'harbor'],
      pages: ['menu.php', 'start.php'],
      forms: [
        { form: 'main', items: ['again', 'choice'] },
        { form: 'signin', items: ['pin'] },
      ],
    });
  });

  it('is what belongs to what is chosen above it', () => {
    expect(choicesOf(rows, { ...none, application: 'cedar' })).toEqual({
      applications: ['cedar', 'harbor'],
      pages: ['start.php'],
      forms: [{ form: 'main', items: ['choice'] }],
    });
    expect(choicesOf(rows, { ...none, application: 'harbor', page: 'start.php' }).forms).toEqual([
      { form: 'signin', items: ['pin'] },
    ]);
  });

  it('has what is chosen, also where nothing of it was visited', () => {
    expect(choicesOf([], { application: 'old', page: 'gone.php', form: 'f', item: 'x' })).toEqual({
      applications: ['old'],
      pages: ['gone.php'],
      forms: [{ form: 'f', items: ['x'] }],
    });
  });

  it('is read from the address, and written to others', () => {
    const selection = readSelection(new URLSearchParams('application=harbor&page=menu.php&range=7d'));
    expect(selection).toEqual({ application: 'harbor', page: 'menu.php', form: null, item: null });
    expect(parametersOf(selection)).toEqual({ application: 'harbor', page: 'menu.php' });
    expect(selectionOf(item('harbor menu.php main choice'))).toEqual({
      application: 'harbor',
      page: 'menu.php',
      form: 'main',
      item: 'choice',
    });
  });
});
