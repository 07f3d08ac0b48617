import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../../tests/data/property-runs.ts';
import { decodeUtf8, LineTooLongError, linesOf } from './lines.ts';

async function* chunked(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}

/** The bytes cut where the places say. */
function cut(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const ends = [...places.filter((place) => place <= bytes.length).sort((a, b) => a - b), bytes.length];
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

const linesIn = (parts: readonly Uint8Array[], maxLineBytes = 1000): Promise<(string | Uint8Array)[]> =>
  Array.fromAsync(linesOf(chunked(parts), { maxLineBytes }));

const utf8 = new TextEncoder();
const notText = new Uint8Array([0xc3, 0x28]);

describe('the lines of a stream', () => {
  it.each([
    { name: 'none', text: '', want: [] },
    { name: 'one without an end', text: 'a', want: ['a'] },
    { name: 'one with an end', text: 'a\n', want: ['a'] },
    { name: 'several', text: 'a\nb c\nd', want: ['a', 'b c', 'd'] },
    { name: 'those that end as Windows ends them', text: 'a\r\nb\r\n', want: ['a', 'b'] },
    { name: 'those between blank ones', text: '\n\n a \n \t\r\n\nb\n\n', want: ['a', 'b'] },
    { name: 'one behind a byte order mark', text: '\ufeffa\nb', want: ['a', 'b'] },
    { name: 'those with any character', text: 'é📞\n\u2028', want: ['é📞'] },
  ])('are $name', async ({ text, want }) => {
    expect(await linesIn([utf8.encode(text)])).toEqual(want);
  });

  it('are bytes where they are no UTF-8, and the others are text all the same', async () => {
    const bytes = Buffer.concat([utf8.encode('a\n'), notText, utf8.encode('\nb\n'), notText]);
    expect(await linesIn([bytes])).toEqual(['a', Buffer.from(notText), 'b', Buffer.from(notText)]);
  });

  it('do not depend on where the stream is cut, characters included', async () => {
    const line = fc.oneof(fc.string({ unit: 'binary', maxLength: 6 }), fc.constant(''), fc.constant('📞é'));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 6 }), fc.array(fc.nat({ max: 60 })), async (lines, places) => {
        const bytes = utf8.encode(lines.join('\n'));
        expect(await linesIn(cut(bytes, places))).toEqual(await linesIn([bytes]));
      }),
      propertyRuns(200),
    );
  });

  it('are given out before the stream has ended', async () => {
    let isDone = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (let number = 0; ; number += 1) yield utf8.encode(`${number}\n`);
    }
    for await (const line of linesOf(endless(), { maxLineBytes: 10 })) {
      isDone = line === '3';
      if (isDone) break;
    }
    expect(isDone).toBe(true);
  });
});

describe('a line that is longer than can be kept', () => {
  it.each([
    { name: 'without an end', parts: ['x'.repeat(11)] },
    { name: 'in many pieces', parts: ['xxxx', 'xxxx', 'xxxx', 'x\n'] },
    { name: 'that is there in one piece', parts: [`${'x'.repeat(11)}\n`] },
    { name: 'whose end comes with the next one', parts: ['xxxxxxxxxx', 'x\ny\n'] },
    { name: 'after others', parts: ['a\nb\n', `c\n${'x'.repeat(11)}\n`] },
  ])('$name is refused', async ({ parts }) => {
    const reading = linesIn(
      parts.map((part) => utf8.encode(part)),
      10,
    );
    await expect(reading).rejects.toThrow(new LineTooLongError('a line is longer than 10 bytes'));
  });

  it.each([{ parts: ['x'.repeat(10)] }, { parts: ['xxxxx', 'xxxxx\n', 'y'] }, { parts: ['xxxxxxxxxx\nyyyyyyyyyy\n'] }])(
    'is none of $parts',
    async ({ parts }) => {
      const read = await linesIn(
        parts.map((part) => utf8.encode(part)),
        10,
      );
      expect(read.join('\n')).toBe(parts.join('').trimEnd());
    },
  );

  it('is counted in bytes', async () => {
    await expect(linesIn([utf8.encode('éééééé')], 10)).rejects.toThrow(LineTooLongError);
  });
});

describe('UTF-8', () => {
  it.each([
    { name: 'text', bytes: utf8.encode('é📞'), want: 'é📞' },
    { name: 'text behind a byte order mark', bytes: utf8.encode('\ufeffa'), want: 'a' },
    { name: 'nothing', bytes: new Uint8Array(), want: '' },
    { name: 'a broken sequence', bytes: notText, want: null },
    { name: 'half a character', bytes: utf8.encode('📞').subarray(0, 2), want: null },
    { name: 'an encoded surrogate', bytes: new Uint8Array([0xed, 0xa0, 0x80]), want: null },
    { name: 'UTF-16', bytes: new Uint8Array([0xff, 0xfe, 0x61, 0x00]), want: null },
  ])('of $name is $want', ({ bytes, want }) => {
    expect(decodeUtf8(bytes)).toBe(want);
  });
});
