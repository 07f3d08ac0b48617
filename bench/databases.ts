/** The question that every database is put: for each day of the range, in order, the figures of one number. */
export interface Question {
  readonly phone: string;
  /** UTC days, both inclusive, `2026-02-23`. */
  readonly firstDay: string;
  readonly lastDay: string;
}

export interface DayFigures {
  readonly calls: number;
  readonly jsErrors: number;
  readonly fetchErrors: number;
  /** Seconds. */
  readonly averagePageLoad: number;
}

export type Ask = () => Promise<readonly DayFigures[]>;

export interface OpenedDatabase {
  readonly version: string;
  readonly ask: Ask;
}

/** Fills a plain table of calls from a file of {@link callColumns}, and asks it. Opened things are closed by `cleanup`. */
export type OpenDatabase = (options: {
  readonly folder: string;
  readonly csvPath: string;
  readonly question: Question;
  readonly cleanup: AsyncDisposableStack;
}) => Promise<OpenedDatabase>;

/** One row a call; what its events add up to is in it, so that a report need not look into events. */
export const createCalls = `
  CREATE TABLE calls (
    call_id VARCHAR NOT NULL,
    phone VARCHAR NOT NULL,
    caller VARCHAR,
    application VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP NOT NULL,
    js_errors INTEGER NOT NULL,
    fetch_errors INTEGER NOT NULL,
    page_loads INTEGER NOT NULL,
    page_load_ms BIGINT NOT NULL
  )`;

/** Parameters: number, first day, day after the last. The account's days are those of UTC, so no zone has to be reckoned with. */
export const selectDays = `
  SELECT
    count(*) AS calls, sum(js_errors) AS js_errors, sum(fetch_errors) AS fetch_errors,
    sum(page_load_ms) / (1000.0 * sum(page_loads)) AS average_page_load
  FROM calls WHERE phone = $1 AND started_at >= CAST($2 AS TIMESTAMP) AND started_at < CAST($3 AS TIMESTAMP)
  GROUP BY CAST(started_at AS DATE) ORDER BY CAST(started_at AS DATE)`;

export const parametersOf = ({ phone, firstDay, lastDay }: Question): readonly [string, string, string] => [
  phone,
  firstDay,
  Temporal.PlainDate.from(lastDay).add({ days: 1 }).toString(),
];

/** Reads the columns of {@link selectDays}. Drivers hand wide integers over as text or as bigint. */
export const figuresOf = ([calls, jsErrors, fetchErrors, averagePageLoad]: readonly unknown[]): DayFigures => ({
  calls: Number(calls),
  jsErrors: Number(jsErrors),
  fetchErrors: Number(fetchErrors),
  averagePageLoad: Number(averagePageLoad),
});
