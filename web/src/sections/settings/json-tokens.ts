/** JSON as the tokens that it is written with, so that it can be laid out and pointed into without reading a value anew. */

export interface Token {
  readonly text: string;
  readonly start: number;
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** The tokens of a text; null where it is not JSON. */
export function tokensOf(json: string): readonly Token[] | null {
  if (!isJson(json)) return null;
  return Array.from(json.matchAll(token), ({ 0: text, index: start }) => ({ text, start }));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // What is wrong with it, the server has said.
    return false;
  }
}
