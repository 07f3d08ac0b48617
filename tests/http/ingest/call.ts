/** A good document; each test changes what it is about. */
export function call(changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    id: 'c-1',
    phone: '+16173990000',
    caller: '+12125550123',
    direction: 'inbound',
    application: 'https://ivr.example/start.php',
    started_at: '2018-02-07T15:00:00Z',
    ended_at: '2018-02-07T15:01:00Z',
    end_reason: 'caller_hangup',
    revision: 0,
    events: [],
    labels: {},
    ...changes,
  };
}

/** A good document without some of its fields. */
export function callWithout(...names: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(call()).filter(([name]) => !names.includes(name)));
}

/** Text of a good document, with raw JSON text as the values of some fields: for spellings that JSON.stringify does not write. */
export function callText(raw: Readonly<Record<string, string>>): string {
  const { ...fields } = call();
  const texts = Object.entries(fields).map(([name, value]): [string, string] => [name, JSON.stringify(value)]);
  const all = { ...Object.fromEntries(texts), ...raw };
  return `{${Object.entries(all)
    .map(([name, value]) => `${JSON.stringify(name)}:${value}`)
    .join(',')}}`;
}

/** A good document of exactly so many bytes. */
export function callOfBytes(byteLength: number, changes: Readonly<Record<string, unknown>> = {}): string {
  const withFiller = (filler: string) => JSON.stringify(call({ ...changes, filler }));
  return withFiller('x'.repeat(byteLength - withFiller('').length));
}

export const notes = (count: number): readonly unknown[] =>
  Array.from({ length: count }, (_, index) => ({ type: 'note', at: index }));

export const lines = (documents: readonly unknown[]): string =>
  documents.map((document) => `${JSON.stringify(document)}\n`).join('');
