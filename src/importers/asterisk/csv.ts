import { failed, ok, type Result } from '../../domain/result.ts';
import type { Problem } from './problem.ts';

/** One record of a CSV file (RFC 4180). */
export interface CsvRecord {
  /** Line of the file, counted from 1, on which the record begins: a quoted field may hold line breaks. */
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * In characters, line breaks among them. A longer record is a quote that is never closed, and the limit bounds what is held
 * in memory for it; Asterisk itself builds a row in 1,024 bytes (cdr_csv.c).
 */
const longestRecord = 65_536;

/** Reads records as the text comes; empty lines are passed over, and a record that is none is a problem. */
export async function* readRecords(text: AsyncIterable<string>): AsyncIterable<Result<CsvRecord, Problem>> {
  const assembly = new RecordAssembly();
  for await (const line of readLines(text)) yield* assembly.add(line);
  yield* assembly.end();
}

/** The lines of a text without their `\n`, wherever its chunks begin and end. */
async function* readLines(text: AsyncIterable<string>): AsyncIterable<string> {
  let unfinished = '';
  for await (const chunk of text) {
    const lines = (unfinished + chunk).split('\n');
    // Only a line that is refused for its length, as it is with its line break, gets cut here.
    unfinished = (lines.pop() ?? '').slice(0, longestRecord);
    yield* lines;
  }
  if (unfinished !== '') yield unfinished;
}

/**
 * Puts lines together to records: a line break is inside a quote if, and only if, the quotes before it are odd in number.
 * Of lines that make no record only the first is given up, and the others are read afresh: so a row that a crash cut off
 * inside a quote costs itself and not the rows behind it.
 */
class RecordAssembly {
  #firstLine = 1;
  #lines: string[] = [];
  #length = 0;
  #isInsideQuote = false;

  *add(line: string): Iterable<Result<CsvRecord, Problem>> {
    this.#lines.push(line);
    this.#length += line.length + 1;
    if (hasOddQuotes(line)) this.#isInsideQuote = !this.#isInsideQuote;
    if (this.#length > longestRecord) {
      yield* this.#giveUp(
        `is longer than ${longestRecord} characters: close the quote that is open, or remove the row`,
      );
    } else if (!this.#isInsideQuote) {
      yield* this.#close();
    }
  }

  *end(): Iterable<Result<CsvRecord, Problem>> {
    if (this.#lines.length === 0) return;
    yield* this.#giveUp(
      'the file ends inside a quote of this row: close it, or import the file again when it is complete',
    );
  }

  *#close(): Iterable<Result<CsvRecord, Problem>> {
    const record = this.#lines.join('\n').replace(/\r$/, '');
    const fields = splitRecord(record);
    if (fields === null) {
      yield* this.#giveUp(
        'a quote stands inside a field or is not followed by a comma: double it ("") or remove the row',
      );
      return;
    }
    if (record !== '') yield ok({ line: this.#firstLine, fields });
    this.#beginAt(this.#firstLine + this.#lines.length);
  }

  *#giveUp(error: string): Iterable<Result<CsvRecord, Problem>> {
    const others = this.#lines.slice(1);
    yield failed({ line: this.#firstLine, field: 'row', error });
    this.#beginAt(this.#firstLine + 1);
    for (const line of others) yield* this.add(line);
  }

  #beginAt(line: number): void {
    this.#firstLine = line;
    this.#lines = [];
    this.#length = 0;
    this.#isInsideQuote = false;
  }
}

function hasOddQuotes(line: string): boolean {
  let isOdd = false;
  for (let at = line.indexOf('"'); at !== -1; at = line.indexOf('"', at + 1)) isOdd = !isOdd;
  return isOdd;
}

/** The fields of a whole record without their quotes; null when it is malformed. */
function splitRecord(record: string): readonly string[] | null {
  const field = /(?:"([^"]*(?:""[^"]*)*)"|([^",]*))(,|$)/y;
  const fields: string[] = [];
  for (;;) {
    const found = field.exec(record);
    if (found === null) return null;
    const [, inQuotes, bare = '', separator] = found;
    fields.push(inQuotes === undefined ? bare : inQuotes.replaceAll('""', '"'));
    if (separator === '') return fields;
  }
}
