import { readCsv } from '../reports/csv.ts';
import { asTree, readXml } from './xml.ts';

/** One answer in all of its representations. */

interface Compared {
  readonly got: unknown;
  readonly want: unknown;
}

const parse = (text: string): unknown => JSON.parse(text);

const readers: Readonly<Record<string, (text: string, json: unknown) => Compared>> = {
  'application/json': (text, json) => ({ got: parse(text), want: json }),
  'application/xml': (text, json) => ({ got: readXml(text), want: asTree(json) }),
  'application/x-ndjson': (text, json) => ({ got: text.split('\n').slice(0, -1).map(parse), want: rowsOf(json) }),
  'text/csv': (text, json) => ({ got: readCsv(text), want: tableOf(rowsOf(json)) }),
};

/** What an answer says, and what it must say when this is the answer in JSON. */
export function inRepresentation(type: string, text: string, json: unknown): Compared {
  const reader = readers[type];
  if (reader === undefined) throw new Error(`these tests cannot read ${type}`);
  return reader(text, json);
}

function rowsOf(json: unknown): readonly object[] {
  const { rows }: { readonly rows: readonly object[] } = JSON.parse(JSON.stringify(json));
  return rows;
}

/** At least one row as lines of CSV, under the line of names. */
function tableOf(rows: readonly object[]): readonly (readonly string[])[] {
  const cells = rows.map((row) => cellsOf(row));
  const names = cells[0]?.map(([name]) => name) ?? [];
  return [names, ...cells.map((row) => row.map(([, text]) => text))];
}

const cellsOf = (row: object, prefix = ''): readonly (readonly [string, string])[] =>
  Object.entries(row).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? cellsOf(value, `${prefix}${name}.`)
      : [[`${prefix}${name}`, value === null ? '' : `${value}`] as const],
  );
