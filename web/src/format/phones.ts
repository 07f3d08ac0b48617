/** A number as people write it: `+1 617 399 0000`, any other as it is. Its groups stay on one line. */
export function printPhone(phone: string): string {
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone) ?? [];
  if (area !== undefined) return `+1\u{a0}${area}\u{a0}${exchange}\u{a0}${line}`;
  return phone;
}

/** Whether a number has what was typed: digits in whatever groups, or the text of what is no number. */
export function matchesPhone(phone: string, search: string): boolean {
  const typed = search.trim().toLowerCase();
  const digits = typed.replaceAll(/\D/g, '');
  if (digits !== '' && /^[\d\s+().-]+$/.test(typed)) return phone.replaceAll(/\D/g, '').includes(digits);
  return phone.toLowerCase().includes(typed);
}
