/** How PHP and its XML sister spell what an answer holds, from the specification alone. */

export type Value =
  /** As it is printed: nothing is computed here. */
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly values: readonly Value[] }
  | { readonly kind: 'map'; readonly members: readonly Member[] };

export type Member = readonly [key: string, value: Value];

export const number = (digits: string | number): Value => ({ kind: 'number', digits: String(digits) });
export const text = (text: string): Value => ({ kind: 'text', text });
export const list = (values: readonly Value[]): Value => ({ kind: 'list', values });
export const map = (members: readonly Member[]): Value => ({ kind: 'map', members });

export function inJson(value: Value): string {
  switch (value.kind) {
    case 'number':
      return value.digits;
    case 'text':
      return quoted(value.text);
    case 'list':
      return `[${value.values.map(inJson).join(',')}]`;
    case 'map': {
      const members = value.members.map(([key, member]) => `${quoted(key)}:${inJson(member)}`);
      return members.length === 0 ? '[]' : `{${members.join(',')}}`;
    }
  }
}

const quoted = (text: string) =>
  JSON.stringify(text)
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

export const inXml = (value: Value): string => `<?xml version="1.0"?><result>${contentOf(value)}</result>`;

function contentOf(value: Value): string {
  switch (value.kind) {
    case 'number':
      return value.digits;
    case 'text':
      return escaped(value.text);
    case 'list':
      return value.values.map((item) => `<item>${contentOf(item)}</item>`).join('');
    case 'map':
      return value.members.map(([key, member]) => elementOf(key, contentOf(member))).join('');
  }
}

/** What XML 1.0 calls a name, as far as worlds go: they hold no colons and no name that begins with `xml`. */
const elementName = /^[\p{L}_][\p{L}\p{N}._-]*$/u;

const elementOf = (key: string, content: string) =>
  elementName.test(key) ? `<${key}>${content}</${key}>` : `<item key="${escaped(key)}">${content}</item>`;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
