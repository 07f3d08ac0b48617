import { Weighted } from './random.ts';

/** Where an item can lead besides to a page (by its file name). */
export const agent = 'agent';
export const goodbye = 'goodbye';

/** A step of a dialog: the caller hears something (`say`) or is asked for something (`ask`). */
export interface Item {
  readonly kind: 'say' | 'ask';
  readonly form: string;
  readonly item: string;
  /** Median time of a visit in which all goes well. */
  readonly medianMs: number;
  /** Share of the answers that are spoken; the others are keyed in. */
  readonly voiceShare: number;
  readonly nomatchShare: number;
  readonly noinputShare: number;
  /** Share of the callers who hang up here, at their first try. */
  readonly dropOffShare: number;
  /** null: on to the next item of the page. */
  readonly next: Weighted<string> | null;
}

/** A script that fails while the incident lasts. */
interface BrokenScript {
  readonly line: number;
  readonly message: string;
}

export interface Page {
  readonly file: string;
  readonly url: string;
  readonly medianLoadMs: number;
  /** Version 2 of the applications made some pages faster. */
  readonly medianLoadMsInV2: number;
  /** Share of the loads that the voice browser serves from its cache. */
  readonly cachedShare: number;
  readonly brokenScript: BrokenScript | null;
  readonly items: readonly Item[];
}

export interface Application {
  readonly name: string;
  /** The start URL, by which calls name the application. */
  readonly url: string;
  readonly start: Page;
  readonly pages: ReadonlyMap<string, Page>;
  /** Whether one of its pages has a script that breaks in the incident. */
  readonly hasBrokenScript: boolean;
  /** Where transfers go. */
  readonly agentNumber: string;
  /** Share of the account's calls in business hours, and at night. */
  readonly dayShare: number;
  readonly nightShare: number;
}

type Branches = Readonly<Record<string, number>>;

interface ItemRow {
  readonly medianMs: number;
  readonly voiceShare?: number;
  readonly nomatchShare?: number;
  readonly noinputShare?: number;
  readonly dropOffShare?: number;
  /** Weight by destination. */
  readonly next?: Branches;
}

interface PageRow {
  readonly medianLoadMs: number;
  readonly medianLoadMsInV2?: number;
  readonly cachedShare?: number;
  readonly brokenScript?: BrokenScript;
  /** By `form/item`, in the order in which the page goes through them. */
  readonly items: Readonly<Record<string, Item>>;
}

interface ApplicationRow extends Omit<Application, 'url' | 'start' | 'pages' | 'hasBrokenScript'> {
  readonly baseUrl: string;
  /** By file name; the first is the start page. */
  readonly pages: Readonly<Record<string, PageRow>>;
}

const branches = (next: Branches | undefined): Weighted<string> | null =>
  next === undefined ? null : new Weighted(Object.entries(next));

/** Form and item are filled in from the key by {@link application}. */
const unnamed = { form: '', item: '' };

export const say = ({ medianMs, dropOffShare = 0.015, next }: ItemRow): Item => ({
  ...unnamed,
  kind: 'say',
  medianMs,
  dropOffShare,
  voiceShare: 0,
  nomatchShare: 0,
  noinputShare: 0,
  next: branches(next),
});

export const ask = (row: ItemRow): Item => ({
  ...unnamed,
  kind: 'ask',
  voiceShare: 0.6,
  nomatchShare: 0.06,
  noinputShare: 0.04,
  dropOffShare: 0.02,
  ...row,
  next: branches(row.next),
});

function named(key: string, item: Item): Item {
  const [form = key, name = key] = key.split('/');
  return { ...item, form, item: name };
}

function pageOf(baseUrl: string, file: string, row: PageRow): Page {
  return {
    file,
    url: `${baseUrl}/${file}`,
    medianLoadMs: row.medianLoadMs,
    medianLoadMsInV2: row.medianLoadMsInV2 ?? row.medianLoadMs,
    cachedShare: row.cachedShare ?? 0.12,
    brokenScript: row.brokenScript ?? null,
    items: Object.entries(row.items).map(([key, item]) => named(key, item)),
  };
}

/** An application from its table. */
export function application({ baseUrl, pages: rows, ...row }: ApplicationRow): Application {
  const pages = Object.entries(rows).map(([file, page]) => pageOf(baseUrl, file, page));
  const start = pages[0];
  if (start === undefined) throw new RangeError(`${row.name} has no page: give at least the one it starts with.`);
  const hasBrokenScript = pages.some(({ brokenScript }) => brokenScript !== null);
  return { ...row, url: start.url, start, pages: new Map(pages.map((page) => [page.file, page])), hasBrokenScript };
}
