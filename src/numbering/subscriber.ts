/**
 * The part of a spelling that names the subscriber, without scheme, display name, password, parameters or host:
 *
 *     "Front desk 2" <sip:+16175550101;ext=5:secret@10.0.0.1;user=phone>   →   +16175550101
 *
 * Syntax: RFC 3261 section 19.1.1 (sip), RFC 3966 (tel). Never throws, whatever the text.
 */
export function subscriberPart(spelled: string): string {
  const text = angleBracketed.exec(spelled)?.[1] ?? spelled;
  const scheme = schemePattern.exec(text);
  if (scheme === null) return withContext(text.split('@', 1)[0] ?? '');
  const address = text.slice(scheme[0].length);
  const isTelephone = scheme[1]?.toLowerCase() === 'tel';
  return withContext(percentDecoded(isTelephone ? address : sipUser(address)));
}

/** `"Front desk 2" <301>`: a display name is free text, digits included. */
const angleBracketed = /<([^<>]+)>/;
const schemePattern = /^\s*(tel|sips?):(?:\/\/)?/i;

/** Digits of a host or a password are none of the subscriber's. */
function sipUser(address: string): string {
  const at = address.indexOf('@');
  if (at >= 0) return address.slice(0, at).split(':', 1)[0] ?? '';
  // By the grammar this is a host; senders do leave the host out, and no host looks like these.
  const lone = address.split(/[;?:]/, 1)[0] ?? '';
  return /^(?:\+[\d().-]+|[\d()-]+)$/.test(lone) ? lone : '';
}

/** Only single bytes are decoded: a telephone number is ASCII, and no escape is malformed enough to throw. */
function percentDecoded(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** A local number is completed by a `phone-context` that is a dialling prefix; one that is a domain says nothing. */
function withContext(user: string): string {
  const local = user.split(';', 1)[0] ?? '';
  if (local.length === user.length || local.includes('+')) return local;
  const prefix = /;phone-context=(\+[\d().-]+)/i.exec(user)?.[1];
  return prefix === undefined ? local : prefix + local;
}
