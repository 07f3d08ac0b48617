import { type ReportRow, textOf } from '../../api/rows.ts';

/** The form items that are looked at: all, or those of an application, of a page, or one. It stands in the address. */
export interface Selection {
  readonly application: string | null;
  readonly page: string | null;
  readonly form: string | null;
  readonly item: string | null;
}

export const selectionLevels = ['application', 'page', 'form', 'item'] as const;

export const readSelection = (query: URLSearchParams): Selection => ({
  application: query.get('application'),
  page: query.get('page'),
  form: query.get('form'),
  item: query.get('item'),
});

/** As parameters of the list of calls. */
export const parametersOf = (selection: Selection): Readonly<Record<string, string>> =>
  Object.fromEntries(
    selectionLevels.flatMap((level) => (selection[level] === null ? [] : [[level, selection[level]]])),
  );

/** The form item of a row. */
export const selectionOf = (row: ReportRow): Selection => ({
  application: textOf(row, 'application'),
  page: textOf(row, 'page'),
  form: textOf(row, 'form'),
  item: textOf(row, 'item'),
});

export interface FormChoice {
  readonly form: string;
  readonly items: readonly string[];
}

/** What can be chosen at each level, given what is chosen above it; in order of the names. */
export interface Choices {
  readonly applications: readonly string[];
  readonly pages: readonly string[];
  readonly forms: readonly FormChoice[];
}

/** Choices from the form items of a report. What is chosen is one of them, also where the days have no visit of it. */
export function choicesOf(rows: readonly ReportRow[], selection: Selection): Choices {
  const { application, page, form, item } = selection;
  const matches = (row: ReportRow, level: 'application' | 'page') =>
    selection[level] === null || textOf(row, level) === selection[level];
  const ofApplication = rows.filter((row) => matches(row, 'application'));
  const ofPage = ofApplication.filter((row) => matches(row, 'page'));
  const pairs = ofPage.map((row) => [textOf(row, 'form'), textOf(row, 'item')] as const);
  const chosen = item === null ? [] : [[form ?? '', item] as const];
  return {
    applications: inOrder([...rows.map((row) => textOf(row, 'application')), application]),
    pages: inOrder([...ofApplication.map((row) => textOf(row, 'page')), page]),
    forms: formsOf([...pairs, ...chosen]),
  };
}

function formsOf(pairs: readonly (readonly [form: string, item: string])[]): readonly FormChoice[] {
  const forms = Map.groupBy(pairs, ([form]) => form);
  return inOrder([...forms.keys()], { isEmptyLeft: true }).map((form) => ({
    form,
    items: inOrder((forms.get(form) ?? []).map(([, item]) => item)),
  }));
}

/** Without what is absent and twice. */
function inOrder(names: readonly (string | null)[], { isEmptyLeft = false } = {}): readonly string[] {
  const known = names.filter((name): name is string => name !== null && (isEmptyLeft || name !== ''));
  return [...new Set(known)].sort((one, other) => one.localeCompare(other));
}
