const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** JSON text with a line for each value, and every name, number and text as it was written: reading it would round large numbers. */
export function printJson(json: string): string {
  let printed = '';
  let depth = 0;
  let before = '';
  const newLine = () => `\n${'  '.repeat(depth)}`;
  for (const [part] of json.matchAll(token)) {
    const isOpening = before === '{' || before === '[';
    if (part === '}' || part === ']') {
      depth -= 1;
      printed += isOpening ? part : newLine() + part;
    } else {
      if (isOpening) printed += newLine();
      printed += part;
      if (part === '{' || part === '[') depth += 1;
      if (part === ',') printed += newLine();
      if (part === ':') printed += ' ';
    }
    before = part;
  }
  return printed;
}
