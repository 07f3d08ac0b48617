import XMLBuilder from 'fast-xml-builder';
import type { Series } from '../../domain/reports/series.ts';
import type { Printable } from './printable.ts';
import { seriesAnswer } from './series.ts';

/**
 * `<?xml version="1.0"?><result>…</result>`: a key that is a valid element name becomes the element, any other key (an instant,
 * a URL, `US Toll-Free`) becomes `<item key="…">`, an element of a list becomes `<item>`.
 */
export function printXml(value: Printable): string {
  return `<?xml version="1.0"?>${builder.build([{ result: nodesOf(value) }])}`;
}

export const printSeriesXml = (series: readonly Series<string>[]): string => printXml(seriesAnswer(series));

// Escapes are ours, below: the builder's own leave white space in attributes to be lost.
const builder = new XMLBuilder({ preserveOrder: true, ignoreAttributes: false, processEntities: false });

type Node = Readonly<Record<string, unknown>>;

function nodesOf(value: Printable): readonly Node[] {
  if (value === null) return [];
  if (typeof value === 'string' || typeof value === 'number') return [{ '#text': printable(`${value}`) }];
  if (Array.isArray(value)) return value.map((element) => ({ item: nodesOf(element) }));
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return entries.map(([key, element]) =>
    elementName.test(key) ? { [key]: nodesOf(element) } : { item: nodesOf(element), ':@': { '@_key': printable(key) } },
  );
}

/** A Name (XML 1.0, productions 4, 4a, 5) that is not reserved, without the colon, which would be of a namespace. */
const nameStart =
  'A-Z_a-z\\u{c0}-\\u{d6}\\u{d8}-\\u{f6}\\u{f8}-\\u{2ff}\\u{370}-\\u{37d}\\u{37f}-\\u{1fff}\\u{200c}\\u{200d}\\u{2070}-\\u{218f}' +
  '\\u{2c00}-\\u{2fef}\\u{3001}-\\u{d7ff}\\u{f900}-\\u{fdcf}\\u{fdf0}-\\u{fffd}\\u{10000}-\\u{effff}';
const elementName = new RegExp(
  `^(?![xX][mM][lL])[${nameStart}][${nameStart}.0-9\\u{b7}\\u{300}-\\u{36f}\\u{203f}\\u{2040}-]*$`,
  'u',
);

/**
 * Text as it stands in XML: markup escaped, and white space too, of which a reader turns that in attributes into spaces (XML 1.0,
 * section 3.3.3). What no XML document may hold, not even escaped (production 2, Char), is replaced.
 */
const printable = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"'\t\n\r]/g, (unit) => escapes[unit] ?? unit);

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};
