/** Why a row, or the call that it belongs to, was not imported. The rows beside it are. */
export interface Problem {
  /** Line of the file, counted from 1, on which the row begins. */
  readonly line: number;
  /** Column by Asterisk's own name for it, or `row` for the row as a whole. */
  readonly field: string;
  /** What was found, what was expected and what to do about it. */
  readonly error: string;
}

const longestQuotation = 80;

/** A value of the file as a message shows it: in quotes, and cut when it is long. */
export function quoted(value: string): string {
  return JSON.stringify(value.length <= longestQuotation ? value : `${value.slice(0, longestQuotation)}…`);
}
