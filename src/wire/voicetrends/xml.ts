import XMLBuilder from 'fast-xml-builder';
import type { Series } from '../../domain/reports/series.ts';

/** What can be printed: JSON values, and maps where the order of keys matters. */
export type Printable =
  | string
  | number
  | null
  | readonly Printable[]
  | ReadonlyMap<string, Printable>
  | { readonly [key: string]: Printable };

/**
 * `<?xml version="1.0"?><result>…</result>`: a key that is a valid element name becomes the element, any other key (an instant,
 * a URL, `US Toll-Free`) becomes `<item key="…">`, an element of a list becomes `<item>`.
 */
export function printXml(value: Printable): string {
  return `<?xml version="1.0"?>${builder.build([{ result: nodesOf(value) }])}`;
}

export function printSeriesXml(series: readonly Series[]): string {
  return printXml(
    new Map(
      series.map(({ metric, points }) => [
        metric,
        new Map(points.map(({ startSeconds, value }) => [`${startSeconds}`, value ?? 0])),
      ]),
    ),
  );
}

const builder = new XMLBuilder({ preserveOrder: true, ignoreAttributes: false });

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

/** Without what no XML document may hold, not even escaped (XML 1.0, production 2, Char). */
const printable = (text: string): string =>
  text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
