import type { CallSummary } from '../../../../src/wire/dashboard/calls.ts';
import { shortApplication } from '../../format/applications.ts';
import { printCsv } from '../../format/csv.ts';
import { absent, printFigure } from '../../format/numbers.ts';
import { printPhone } from '../../format/phones.ts';
import { printRegion } from '../../format/regions.ts';
import { printInstant, printMoment } from '../../format/times.ts';
import type { Column } from '../../parts/data-table.tsx';
import { Outcome } from './outcome.tsx';
import { outcomeTexts } from './outcome-texts.ts';

const errorsOf = ({ js_errors: js, fetch_errors: fetch }: CallSummary): number => js + fetch;

const itemOf = ({ last_item: last }: CallSummary): string => (last === null ? '' : `${last.form} / ${last.item}`);

const muted = (text: string) => <span className="muted">{text}</span>;

export interface ListShape {
  readonly timeZone: string;
  /** Where there is room for the most telling columns alone. */
  readonly isNarrow: boolean;
  /** Columns that would say the same of every call. */
  readonly needless: ReadonlySet<string>;
}

/** Columns of a list of calls. */
export function callColumns({ timeZone, isNarrow, needless }: ListShape): readonly Column<CallSummary>[] {
  const shown = isNarrow ? narrowColumns : null;
  return [...wholeColumns(timeZone), ...courseColumns].filter(
    ({ name }) => !needless.has(name) && (shown === null || shown.has(name)),
  );
}

/** Who called what, and when. */
const wholeColumns = (timeZone: string): readonly Column<CallSummary>[] => [
  {
    name: 'started_at',
    label: 'Started',
    value: ({ started_at: startedAt }) => startedAt,
    show: ({ started_at: startedAt }) => (
      <time dateTime={startedAt} title={printInstant(startedAt, timeZone)}>
        {printMoment(startedAt, timeZone)}
      </time>
    ),
  },
  { name: 'number', label: 'Number', value: ({ number }) => number, show: ({ number }) => phone(number) },
  {
    name: 'caller',
    label: 'Caller',
    value: ({ caller }) => caller ?? 'withheld',
    show: ({ caller }) => (caller === null ? muted('withheld') : phone(caller)),
  },
  {
    name: 'region',
    label: 'Region',
    value: ({ region }) => (region === null ? '' : printRegion(region)),
    show: ({ region }) => (region === null ? muted(absent) : printRegion(region)),
  },
  {
    name: 'application',
    label: 'Application',
    value: ({ application }) => application,
    show: ({ application }) => (
      <span className="call-name" title={application}>
        {shortApplication(application)}
      </span>
    ),
  },
];

/** How the call went. */
const courseColumns: readonly Column<CallSummary>[] = [
  { name: 'duration', label: 'Duration', unit: 'duration', value: ({ duration }) => duration },
  {
    name: 'outcome',
    label: 'Outcome',
    value: ({ outcome }) => outcomeTexts[outcome] ?? outcome,
    show: ({ outcome }) => <Outcome outcome={outcome} />,
  },
  {
    name: 'errors',
    label: 'Errors',
    unit: 'count',
    value: errorsOf,
    hint: 'Script errors and fetch errors',
    show: (call) => <Errors call={call} />,
  },
  {
    name: 'slowest_page_load',
    label: 'Slowest',
    unit: 'seconds',
    hint: 'The longest load of a page',
    value: ({ slowest_page_load: slowest }) => slowest,
  },
  {
    name: 'last_item',
    label: 'Last item',
    value: itemOf,
    show: (call) => (
      <span
        className="call-name"
        title={call.last_item === null ? undefined : `${itemOf(call)} on ${call.last_item.page}`}
      >
        {itemOf(call) || muted(absent)}
      </span>
    ),
  },
];

const narrowColumns: ReadonlySet<string> = new Set(['started_at', 'caller', 'outcome']);

const phone = (number: string) => <span className="phone">{printPhone(number)}</span>;

function Errors({ call }: { readonly call: CallSummary }) {
  const count = errorsOf(call);
  if (count === 0) return muted('0');
  return (
    <span
      className="call-errors"
      title={`${call.js_errors} of scripts, ${call.fetch_errors} of pages that could not be fetched`}
    >
      {printFigure(count, 'count')}
    </span>
  );
}

const csvNames = [
  'id',
  'started_at',
  'number',
  'caller',
  'region',
  'direction',
  'application',
  'duration',
  'outcome',
  'js_errors',
  'fetch_errors',
  'page_loads',
  'slowest_page_load',
  'form_items',
  'transfers',
] as const satisfies readonly (keyof CallSummary)[];

/** Everything that the list knows of its calls, under the names of the interface; durations are seconds. */
export const callsCsv = (calls: readonly CallSummary[]): string =>
  printCsv([
    [...csvNames, 'last_page', 'last_form', 'last_item'],
    ...calls.map((call) => [
      ...csvNames.map((name) => call[name]),
      call.last_item?.page ?? null,
      call.last_item?.form ?? null,
      call.last_item?.item ?? null,
    ]),
  ]);
