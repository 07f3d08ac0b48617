import { type Token, tokensOf } from './json-tokens.ts';

/** Where something stands in a text; `end` is behind it. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the value of a JSON pointer stands in a document. Of a field that is missing, where its nearest parent begins; null where the
 * text is not JSON.
 */
export function spanOf(json: string, pointer: string): TextSpan | null {
  const tokens = tokensOf(json);
  if (tokens === null) return null;
  const names = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  let at = 0;
  for (const name of names) {
    const child = childOf(tokens, at, name);
    if (child === null) return spanOfToken(tokens[at]);
    at = child;
  }
  const isWhole = names.length > 0;
  return isWhole ? spanOfValue(tokens, at) : spanOfToken(tokens[at]);
}

const spanOfToken = (token: Token | undefined): TextSpan | null =>
  token === undefined ? null : { start: token.start, end: token.start + token.text.length };

function spanOfValue(tokens: readonly Token[], at: number): TextSpan | null {
  const last = spanOfToken(tokens[endOf(tokens, at) - 1]);
  const first = spanOfToken(tokens[at]);
  return first === null || last === null ? null : { start: first.start, end: last.end };
}

/** The token at which a member of the object or array begins that begins at `at`. The last one of a name counts, as in JSON.parse. */
function childOf(tokens: readonly Token[], at: number, name: string): number | null {
  const opening = tokens[at]?.text;
  if (opening !== '{' && opening !== '[') return null;
  let found: number | null = null;
  let place = at + 1;
  for (let index = 0; isInside(tokens[place]); index += 1) {
    const key = opening === '{' ? JSON.parse(tokens[place]?.text ?? '""') : `${index}`;
    const value = opening === '{' ? place + 2 : place;
    if (key === name) found = value;
    place = endOf(tokens, value);
    if (tokens[place]?.text === ',') place += 1;
  }
  return found;
}

const isInside = (token: Token | undefined): boolean => token !== undefined && token.text !== '}' && token.text !== ']';

/** The token behind the value that begins at `at`. */
function endOf(tokens: readonly Token[], at: number): number {
  let depth = 0;
  for (let place = at; place < tokens.length; place += 1) {
    const text = tokens[place]?.text;
    if (text === '{' || text === '[') depth += 1;
    if (text === '}' || text === ']') depth -= 1;
    if (depth === 0) return place + 1;
  }
  return tokens.length;
}

/** The line on which a place stands, from 1 on. */
export const lineOf = (text: string, place: number): number => text.slice(0, place).split('\n').length;
