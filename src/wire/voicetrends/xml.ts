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

const elementName = /^(?!xml)[A-Za-z_][A-Za-z0-9_.-]*$/i;

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
