import { failed, ok, type Result } from '../domain/result.ts';

/**
 * Cuts the text of a JSON array into the texts of its elements, so that each can be kept as it was sent. The elements
 * themselves are not checked; the text as a whole is JSON exactly when this succeeds and each element is JSON.
 */
export function elementTexts(text: string): Result<readonly string[], string> {
  const elements: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === openBracket || code === openBrace) {
      if (depth === 0) start = at + 1;
      depth += 1;
    } else if (code === comma && depth === 1) {
      elements.push(trimmed(text.slice(start, at)));
      start = at + 1;
    } else if (code === closeBracket || code === closeBrace) {
      depth -= 1;
      if (depth === 0) return lastElement(text, { elements, start, end: at });
    }
  }
  return failed('the array does not end');
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

/** The place of the quote that ends the string which starts at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

/** An odd number of backslashes before a character escapes it. */
function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === backslash) before -= 1;
  return (at - 1 - before) % 2 === 1;
}

interface End {
  readonly elements: readonly string[];
  readonly start: number;
  readonly end: number;
}

function lastElement(text: string, { elements, start, end }: End): Result<readonly string[], string> {
  if (text.charCodeAt(end) !== closeBracket || trimmed(text.slice(end + 1)) !== '') {
    return failed(`something stands behind the array, at character ${end + 1}`);
  }
  const last = trimmed(text.slice(start, end));
  return ok(elements.length === 0 && last === '' ? [] : [...elements, last]);
}

/** Without the whitespace of JSON around it (RFC 8259, section 2). `trim` would take away more, and let pass what is no JSON. */
function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

const isSpace = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
