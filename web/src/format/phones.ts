/** A number as people write it: `+1 617 399 0000`, any other as it is, in groups. */
export function printPhone(phone: string): string {
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone) ?? [];
  if (area !== undefined) return `+1 ${area} ${exchange} ${line}`;
  return phone;
}
