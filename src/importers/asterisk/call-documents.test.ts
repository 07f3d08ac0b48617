import { createReadStream } from 'node:fs';
import fc from 'fast-check';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { type Columns, chunks, collect, csvRow, newColumns } from '../../../tests/data/asterisk/rows.ts';
import { CallDocument } from '../../wire/call-document.ts';
import { type CallDocumentOptions, callDocuments } from './call-documents.ts';
import { readRows } from './row.ts';

const read = (text: AsyncIterable<string>, options: CallDocumentOptions & { zone?: string } = {}) =>
  collect(callDocuments(readRows(text, options.zone ?? 'UTC'), options));

const readSample = (zone: string) =>
  read(createReadStream(new URL('../../../tests/data/asterisk/Master.csv', import.meta.url), 'utf8'), { zone });

const readLines = (lines: readonly string[], options: CallDocumentOptions = {}) =>
  read(chunks(lines.join('\n')), options);

/** The only call of rows that make one. */
async function readCall(rows: readonly Partial<Columns>[], options: CallDocumentOptions = {}) {
  const found = await readLines(
    rows.map((row) => csvRow(row)),
    options,
  );
  const [call] = found;
  if (found.length !== 1 || !call?.ok) throw new Error(`expected one call, got ${JSON.stringify(found)}`);
  return call.value;
}

// The seconds in the sample's unique ids are those of its times, so its server kept UTC.
const sample = [
  {
    id: '1706368044.0',
    phone: '211474',
    caller: '6175550101',
    direction: 'inbound',
    application: 'ivr-in',
    started_at: '2024-01-27T15:07:24Z',
    ended_at: '2024-01-27T15:07:51Z',
    end_reason: 'application_hangup',
    revision: 1,
    events: [],
    labels: { disposition: 'ANSWERED' },
  },
  {
    id: '1706369600.6',
    phone: '211553',
    caller: '6175550101',
    direction: 'inbound',
    application: 'ivr-in',
    started_at: '2024-01-27T15:33:20Z',
    ended_at: '2024-01-27T15:34:20Z',
    end_reason: 'application_hangup',
    revision: 3,
    events: [
      { type: 'transfer', at: '2024-01-27T15:33:20Z', to: 'SIP/301', result: 'noanswer' },
      { type: 'transfer', at: '2024-01-27T15:33:20Z', to: 'SIP/pbx', result: 'noanswer' },
    ],
    labels: { disposition: 'ANSWERED' },
  },
  {
    id: '1706372196.12',
    phone: '211553',
    caller: '6175550101',
    direction: 'inbound',
    application: 'ivr-in',
    started_at: '2024-01-27T16:16:36Z',
    ended_at: '2024-01-27T16:16:51Z',
    end_reason: 'unknown',
    revision: 2,
    events: [{ type: 'transfer', at: '2024-01-27T16:16:36Z', to: 'SIP/301', result: 'noanswer' }],
    labels: { disposition: 'NO ANSWER' },
  },
  {
    id: '1706407446.50',
    phone: '211553',
    caller: '2125550188',
    direction: 'inbound',
    application: 'ivr-in',
    started_at: '2024-01-28T02:04:06Z',
    ended_at: '2024-01-28T02:04:29Z',
    end_reason: 'unknown',
    revision: 3,
    events: [{ type: 'transfer', at: '2024-01-28T02:04:12Z', duration_ms: 17_000, to: 'SIP/301', result: 'completed' }],
    labels: { disposition: 'ANSWERED' },
  },
  {
    id: '1706415046.98',
    phone: '211553',
    caller: '442079460018',
    direction: 'inbound',
    application: 'ivr-in',
    started_at: '2024-01-28T04:10:46Z',
    ended_at: '2024-01-28T04:11:23Z',
    end_reason: 'unknown',
    revision: 2,
    events: [
      { type: 'transfer', at: '2024-01-28T04:10:46Z', to: 'SIP/301', result: 'noanswer' },
      { type: 'transfer', at: '2024-01-28T04:10:52Z', duration_ms: 30_000, to: 'SIP/pbx', result: 'completed' },
    ],
    labels: { disposition: 'ANSWERED' },
  },
  {
    id: 'mainserver-1706421930.5',
    phone: '211553',
    caller: '8005550142',
    direction: 'inbound',
    application: 'ivr-in',
    started_at: '2024-01-28T06:05:30Z',
    ended_at: '2024-01-28T06:06:14Z',
    end_reason: 'unknown',
    revision: 2,
    events: [
      { type: 'transfer', at: '2024-01-28T06:05:30Z', to: 'SIP/pbx', result: 'noanswer' },
      { type: 'transfer', at: '2024-01-28T06:05:40Z', duration_ms: 33_000, to: 'SIP/301', result: 'completed' },
    ],
    labels: { disposition: 'ANSWERED' },
  },
];

describe('the sample Master.csv', () => {
  it('is six calls', async () => {
    expect(await readSample('UTC')).toEqual(sample.map((value) => ({ ok: true, value })));
  });

  it('has other instants in another zone, and nothing else is other', async () => {
    const later = (_: string, value: unknown) =>
      typeof value === 'string' && /^2024-\d\d-\d\dT.*Z$/.test(value)
        ? Temporal.Instant.from(value).add({ hours: 5 }).toString()
        : value;
    const found = await readSample('America/New_York');
    expect(found).toEqual(
      JSON.parse(
        JSON.stringify(
          sample.map((value) => ({ ok: true, value })),
          later,
        ),
      ),
    );
    expect(found[0]).toMatchObject({ value: { started_at: '2024-01-27T20:07:24Z' } });
  });
});

describe('the number that was dialled', () => {
  it.each<{ name: string; rows: readonly Partial<Columns>[]; want: string }>([
    {
      name: "is that of the call's own channel, at its least sequence",
      rows: [
        { dst: '3', sequence: '3' },
        { dst: '2', sequence: '2' },
        { dst: '1', sequence: '1', uniqueid: '1706367600.9' },
      ],
      want: '2',
    },
    {
      name: 'is that of the least sequence when no row is of that channel',
      rows: [
        { dst: '2', sequence: '2', uniqueid: '1706367600.8' },
        { dst: '1', sequence: '1', uniqueid: '1706367600.9' },
      ],
      want: '1',
    },
    {
      name: 'is that of the least start when the file has no sequence',
      rows: [
        { dst: '2', sequence: '', start: '2024-01-27 15:00:02' },
        { dst: '1', sequence: '', start: '2024-01-27 15:00:01' },
      ],
      want: '1',
    },
    {
      name: 'is in another row when the first names a place in the dialplan',
      rows: [
        { dst: 'ch1', sequence: '1' },
        { dst: 's', sequence: '2' },
        { dst: '+14155550100', sequence: '3' },
      ],
      want: '+14155550100',
    },
    { name: 'may be a code', rows: [{ dst: '*98' }], want: '*98' },
  ])('$name', async ({ rows, want }) => {
    expect((await readCall(rows)).phone).toBe(want);
  });

  it('is a problem of the row when no row has one, and other calls are read', async () => {
    const found = await readLines([csvRow({ dst: 's' }), csvRow({ linkedid: '1706367600.2', dst: '4' })]);
    const error =
      'got "s" and no number in another row of call "1706367600.1", ' +
      "expected the account's number: write it into dst of this row";
    expect(found[0]).toEqual({ ok: false, error: { line: 1, field: 'dst', error } });
    expect(found[1]).toMatchObject({ ok: true, value: { id: '1706367600.2', phone: '4' } });
  });
});

describe('a call', () => {
  it.each([
    { src: '6175550101', want: '6175550101' },
    { src: '', want: null },
    { src: 'Anonymous', want: null },
    { src: 'restricted', want: null },
    { src: ' UNAVAILABLE ', want: null },
    { src: 'private', want: null },
  ])('of src "$src" has the caller $want', async ({ src, want }) => {
    expect((await readCall([{ src }])).caller).toBe(want);
  });

  it('shows the number in src when it is outbound', async () => {
    const { phone, caller, direction } = await readCall([{}], { direction: 'outbound' });
    expect({ phone, caller, direction }).toEqual({ phone: '6175550101', caller: '211553', direction: 'outbound' });
  });

  it.each([
    { dcontext: 'sales', options: {}, want: 'sales' },
    { dcontext: '', options: {}, want: 'asterisk' },
    { dcontext: 'sales', options: { application: 'bank' }, want: 'bank' },
  ])('of context "$dcontext" and $options is of application $want', async ({ dcontext, options, want }) => {
    expect((await readCall([{ dcontext }], options)).application).toBe(want);
  });

  it.each<{ name: string; rows: readonly Partial<Columns>[]; want: string }>([
    { name: 'a caller in an application', rows: [{ lastapp: 'Playback' }], want: 'unknown' },
    { name: 'a talk, whoever ended it', rows: [{ lastapp: 'Dial', dstchannel: 'SIP/a-1' }], want: 'unknown' },
    { name: 'Hangup as the last application', rows: [{ lastapp: 'Hangup' }], want: 'application_hangup' },
    {
      name: 'Hangup after the call was hung up',
      rows: [{ lastapp: 'Hangup', dst: 'h' }, { sequence: '0' }],
      want: 'unknown',
    },
    {
      name: 'Hangup before something else',
      rows: [{ lastapp: 'Hangup', end: '2024-01-27 15:00:59' }, { sequence: '0' }],
      want: 'unknown',
    },
    {
      name: 'Hangup of another channel',
      rows: [{}, { lastapp: 'Hangup', uniqueid: '1706367600.2', sequence: '2' }],
      want: 'unknown',
    },
    { name: 'nothing but failures', rows: [{ disposition: 'FAILED' }, { disposition: 'CONGESTION' }], want: 'error' },
    { name: 'a failure beside others', rows: [{ disposition: 'FAILED' }, {}], want: 'unknown' },
  ])('ended as $want after $name', async ({ rows, want }) => {
    expect((await readCall(rows)).end_reason).toBe(want);
  });

  it('has labels of its best disposition and its account code', async () => {
    const call = await readCall([{ accountcode: 'a'.repeat(300) }, { disposition: 'BUSY', sequence: '2' }]);
    expect(call.labels).toEqual({ disposition: 'BUSY', accountcode: 'a'.repeat(256) });
  });

  it('is one for each uniqueid in a file without linkedid', async () => {
    const ids = ['1.1', '1.2', '1.1'];
    const found = await readLines(ids.map((uniqueid) => csvRow({ uniqueid }, newColumns)));
    expect(found.map((call) => call.ok && [call.value.id, call.value.revision])).toEqual([
      ['1.1', 1],
      ['1.2', 1],
    ]);
  });

  it('has a revision that grows with its rows, and not with rows that come twice', async () => {
    const rows = [{ sequence: '1' }, { sequence: '2' }];
    expect((await readCall(rows.slice(0, 1))).revision).toBe(1);
    expect((await readCall(rows)).revision).toBe(2);
    expect(await readCall([...rows, ...rows])).toEqual(await readCall(rows));
  });

  it('is made of its other rows when one is a problem', async () => {
    const found = await readLines([csvRow({ start: 'x' }), csvRow({ sequence: '2' })]);
    expect(found.map((result) => (result.ok ? result.value.revision : result.error.line))).toEqual([1, 1]);
  });
});

describe('for any rows', () => {
  const second = fc.nat(59).map((value) => `2024-01-27 15:00:${String(value).padStart(2, '0')}`);
  const row = fc.record({
    src: fc.constantFrom('', '6175550101', 'anonymous'),
    dst: fc.constantFrom('s', 'ch1', '211553', '4'),
    channel: fc.constantFrom('SIP/211553-00000001', 'Local/ch1@ivr-00000006;2'),
    dstchannel: fc.constantFrom('', 'SIP/301-00000012', 'SIP/pbx-00000013', 'Local/ch1@ivr-00000006;1'),
    lastapp: fc.constantFrom('Dial', 'Queue', 'Hangup', 'Playback'),
    start: second,
    answer: fc.oneof(fc.constant(''), second),
    billsec: fc.nat(90).map(String),
    disposition: fc.constantFrom('ANSWERED', 'NO ANSWER', 'BUSY', 'FAILED', 'CONGESTION', 'UNKNOWN'),
    uniqueid: fc.constantFrom('1.1', '1.2', '1.3'),
    linkedid: fc.constantFrom('1.1', '1.2'),
  });
  const rows = fc
    .array(row, { maxLength: 12 })
    .map((given) => given.map((columns, index) => csvRow({ ...columns, sequence: String(index) })));
  const documents = async (lines: readonly string[]) =>
    (await readLines(lines))
      .flatMap((result) => (result.ok ? [result.value] : []))
      .toSorted((a, b) => a.id.localeCompare(b.id));

  it('their order does not matter', async () => {
    const shuffled = rows.chain((lines) =>
      fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ([lines, others]) => {
        expect(await documents(others)).toEqual(await documents(lines));
      }),
    );
  });

  it('each call is a document that is taken', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (lines) => {
        const refused = (await documents(lines)).filter((document) => !Value.Check(CallDocument, document));
        expect(refused).toEqual([]);
      }),
    );
  });
});
