import type { Spellings } from './phones.ts';

/** People who call, all of whom live where nobody would doubt it. */

export interface Caller {
  /** What `profile` counts their calls under; null where a number tells nothing. */
  readonly region: Region | null;
  readonly spellings: Spellings;
}

export type Region =
  | { readonly kind: 'state'; readonly code: string }
  | { readonly kind: 'tollFree' }
  | { readonly kind: 'country'; readonly code: string };

/** A number of the plan that the United States share with their neighbours; digits parted by spaces. */
function american(digits: string, region: Region): Caller {
  const [area = '', exchange = '', line = ''] = digits.split(' ');
  const national = `${area}${exchange}${line}`;
  const abroad = [`+1${national}`, `+1 ${area} ${exchange} ${line}`, `+1-${area}-${exchange}-${line}`] as const;
  const athome = [`(${area}) ${exchange}-${line}`, `${area}.${exchange}.${line}`, national, `1${national}`] as const;
  return { region, spellings: { US: [...abroad, ...athome], GB: abroad } };
}

/** A number of elsewhere; digits parted by spaces, as they are printed there. */
function foreign(prefix: string, digits: string, code: string): Caller {
  const everywhere = [`${prefix}${digits.replaceAll(' ', '')}`, `${prefix} ${digits}`] as const;
  const inBritain = code === 'GB' ? [`0${digits}`, `0${digits.replaceAll(' ', '-')}`] : [];
  return { region: { kind: 'country', code }, spellings: { US: everywhere, GB: [...everywhere, ...inBritain] } };
}

/** An extension, a short code or something like it: somebody, but from nowhere. */
const short = (digits: string): Caller => ({ region: null, spellings: { US: [digits], GB: [digits] } });

const state = (digits: string, code: string) => american(digits, { kind: 'state', code });

/** They call often. */
const familiar: readonly Caller[] = [
  state('212 736 5000', 'NY'),
  foreign('+44', '20 7219 4272', 'GB'),
  american('416 392 2489', { kind: 'country', code: 'CA' }),
  // Each is somebody else, as it is kept as its digits.
  short('301'),
  short('0301'),
  // A floating-point number does not tell them apart.
  short('98765432109876543210'),
  short('98765432109876543211'),
];
export const familiarCount = familiar.length;

const regulars: readonly Caller[] = [
  ...familiar,
  state('213 485 2121', 'CA'),
  state('415 554 4000', 'CA'),
  state('202 456 1414', 'DC'),
  state('312 744 5000', 'IL'),
  state('713 837 0311', 'TX'),
  state('305 375 5071', 'FL'),
  state('617 253 1000', 'MA'),
  state('206 684 2489', 'WA'),
  state('404 330 6100', 'GA'),
  state('907 343 8000', 'AK'),
  state('808 768 4141', 'HI'),
  state('307 777 7434', 'WY'),
  state('302 744 5000', 'DE'),
  american('800 275 2273', { kind: 'tollFree' }),
  american('888 467 7638', { kind: 'tollFree' }),
  american('787 721 7000', { kind: 'country', code: 'PR' }),
  american('876 922 3000', { kind: 'country', code: 'JM' }),
  foreign('+49', '30 22732152', 'DE'),
  foreign('+33', '1 40 63 60 00', 'FR'),
  foreign('+91', '11 2303 4433', 'IN'),
];
export const regularCount = regulars.length;

/** Subscribers of one exchange, for a day on which everybody calls. */
const crowd = Array.from({ length: 3000 }, (_, index) => state(`212 736 ${String(index).padStart(4, '0')}`, 'NY'));

/** The familiar first, then the other regulars. */
export const callers: readonly Caller[] = [...regulars, ...crowd];

/** What senders write when a caller wants to be nobody; undefined leaves the field out. */
export const withheld = [
  null,
  undefined,
  '',
  'anonymous',
  'Anonymous',
  'ANONYMOUS',
  'restricted',
  'Restricted',
  'unavailable',
  'UNAVAILABLE',
  'private',
  'Private',
] as const;
