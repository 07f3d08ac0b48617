import { XMLParser, XMLValidator } from 'fast-xml-parser';

/**
 * What an answer in XML says, in the structure of the answer in JSON: an element is a field, `<item key="…">` a field of any name, and
 * `<item>` an element of a list. All that holds no elements is text, so a number is its digits, and an empty map or list ''.
 */
export type Tree = string | readonly Tree[] | { readonly [name: string]: Tree };

interface XmlNode {
  readonly name: string;
  readonly key: string | undefined;
  readonly children: readonly XmlNode[];
  readonly text: string;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  trimValues: false,
  // Numbers of characters are no entities of HTML, but are read under this name.
  htmlEntities: true,
});

/** Throws for what is not well-formed, or has another root than `result`. */
export function readXml(text: string): Tree {
  const problem = XMLValidator.validate(text);
  if (problem !== true) throw new Error(`not well-formed: ${problem.err.msg} at column ${problem.err.col}`);
  const parsed: unknown[] = parser.parse(text);
  const roots = parsed.map(nodeOf).filter(({ name }) => name !== '?xml');
  const [root] = roots;
  if (root === undefined || roots.length > 1 || root.name !== 'result') throw new Error('the root must be <result>');
  return treeOf(root);
}

/** An element is an object of one list, of its children by its name, beside which its attributes stand. */
function nodeOf(parsed: unknown): XmlNode {
  const fields = Object.entries(Object(parsed));
  const [name, content] = fields.find(([each]) => each !== ':@') ?? ['', []];
  const key: unknown = Reflect.get(Object(Reflect.get(Object(parsed), ':@')), 'key');
  const children = Array.isArray(content) ? content : [];
  const texts = children.map((child) => Reflect.get(Object(child), '#text')).filter((each) => typeof each === 'string');
  return {
    name,
    key: typeof key === 'string' ? key : undefined,
    children: children.filter((child) => !Object.hasOwn(Object(child), '#text')).map(nodeOf),
    text: texts.join(''),
  };
}

function treeOf({ name, children, text }: XmlNode): Tree {
  if (children.length === 0) return text;
  if (text !== '') throw new Error(`text beside elements in <${name}>`);
  if (children.every((child) => child.name === 'item' && child.key === undefined)) return children.map(treeOf);
  return Object.fromEntries(children.map((child) => [child.key ?? child.name, treeOf(child)]));
}

/** A value of JSON in that structure. */
export function asTree(value: unknown): Tree {
  if (typeof value !== 'object' || value === null) return value === null ? '' : String(value);
  const list = Array.isArray(value) ? value.map(asTree) : null;
  if (Object.keys(value).length === 0) return '';
  return list ?? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, asTree(each)]));
}
