/** Reads CSV as RFC 4180 has it, and nothing else: what is not allowed there is thrown. */
export function readCsv(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let rest = text;
  while (rest !== '') {
    const { record, after } = readRecord(rest);
    records.push(record);
    rest = after;
  }
  return records;
}

const field = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/;

function readRecord(text: string): { readonly record: string[]; readonly after: string } {
  const record: string[] = [];
  let rest = text;
  for (;;) {
    const [whole, quoted, plain = '', separator] = field.exec(rest) ?? [];
    if (whole === undefined)
      throw new Error(`neither a field nor the end of a line: ${JSON.stringify(rest.slice(0, 80))}`);
    record.push(quoted?.replaceAll('""', '"') ?? plain);
    rest = rest.slice(whole.length);
    if (separator === '\r\n') return { record, after: rest };
  }
}
