type Cell = string | number | null;

/**
 * Lines of cells as CSV (RFC 4180), like the server writes it: nothing where a value is absent, and texts as they are, also one that
 * begins with `=` (docs/reports-api.md).
 */
export const printCsv = (lines: readonly (readonly Cell[])[]): string =>
  lines.map((cells) => `${cells.map(printCell).join(',')}\r\n`).join('');

function printCell(value: Cell): string {
  const text = value === null ? '' : `${value}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** An address that downloads the text; for what is made in the browser, of some hundred lines at the most. */
export const csvAddress = (csv: string): string => `data:text/csv;charset=utf-8,${encodeURIComponent(csv)}`;
