import { tokensOf } from './json-tokens.ts';

/**
 * JSON on one line, laid out for reading. Only white space between tokens changes: numbers keep their digits, names that occur twice
 * stay. What has lines of its own, or is not JSON, stays as it is.
 */
export function layOut(json: string): string {
  const tokens = json.trim().includes('\n') ? null : tokensOf(json);
  if (tokens === null) return json;
  const lines = { text: '', depth: 0, before: '' };
  for (const { text } of tokens) {
    const isClosing = text === '}' || text === ']';
    const isEmpty = (lines.before === '{' && text === '}') || (lines.before === '[' && text === ']');
    if (isClosing) lines.depth -= 1;
    if (isClosing ? !isEmpty : startsLine(lines.before)) lines.text += `\n${'  '.repeat(lines.depth)}`;
    lines.text += text === ':' ? ': ' : text;
    if (text === '{' || text === '[') lines.depth += 1;
    lines.before = text;
  }
  return lines.text;
}

const startsLine = (before: string): boolean => before === '{' || before === '[' || before === ',';
