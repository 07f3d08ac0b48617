import type { TimelineEvent } from '../../../../src/wire/dashboard/calls.ts';
import { printFigure } from '../../format/numbers.ts';
import { printPhone } from '../../format/phones.ts';
import { visitTexts } from './outcome-texts.ts';

/** An event in words. */
export interface EventWords {
  /** What kind of event it is. */
  readonly kind: string;
  /** What it was about: a page, a form item, a number. */
  readonly title: string;
  /** How it went, in parts; an error's message is whole. */
  readonly details: readonly string[];
  readonly isError: boolean;
}

/** What an event says, whatever its sender has put into it. */
export function wordsOf(event: TimelineEvent): EventWords {
  const { type, page, fields } = event;
  const plain = { isError: false };
  switch (type) {
    case 'page_load':
      return { ...plain, kind: 'Page', title: page ?? '', details: fields['cached'] === true ? ['from a cache'] : [] };
    case 'form_item':
      return {
        ...plain,
        kind: 'Form item',
        title: `${text(fields['form'])} / ${text(fields['item'])}`,
        details: visitWords(event),
      };
    case 'transfer':
      return {
        ...plain,
        kind: 'Transfer',
        title: printPhone(text(fields['to'])),
        details: [transferWord(fields['result'])],
      };
    case 'log':
      return { ...plain, kind: 'Log', title: text(fields['label']), details: present([text(fields['message'])]) };
    case 'fetch_error':
      return {
        kind: 'Fetch error',
        title: page ?? '',
        details: present([text(fields['message']), text(fields['event']), status(fields['status'])]),
        isError: true,
      };
    case 'js_error':
      return {
        kind: 'Script error',
        title: present([page ?? '', line(fields['line'])]).join(', '),
        details: present([text(fields['message'])]),
        isError: true,
      };
    default:
      return { ...plain, kind: type === 'note' ? 'Note' : type, title: '', details: [shortly(fields)] };
  }
}

const present = (parts: readonly string[]): readonly string[] => parts.filter((part) => part !== '');

/** Whatever is not a text is shown as JSON; what is not there as nothing. */
export function text(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const status = (value: unknown): string => (typeof value === 'number' ? `status ${value}` : '');
const line = (value: unknown): string => (typeof value === 'number' ? `line ${value}` : '');

const inputModes: Readonly<Record<string, string>> = { voice: 'spoken', dtmf: 'keyed in' };

function visitWords({ fields, page }: TimelineEvent): readonly string[] {
  const { outcome, input_mode: mode, confidence, input } = fields;
  return present([
    outcome === undefined ? 'not ended' : (visitTexts[text(outcome)] ?? text(outcome)),
    inputModes[text(mode)] ?? text(mode),
    typeof confidence === 'number' ? `confidence ${printFigure(100 * confidence, 'percent')}` : '',
    input === undefined || input === null ? '' : `“${text(input)}”`,
    page === null ? '' : `on ${page}`,
  ]);
}

const transferWords: Readonly<Record<string, string>> = { busy: 'busy', noanswer: 'no answer', failed: 'failed' };

/** Without a result a transfer has succeeded: see the call document. */
const transferWord = (result: unknown): string =>
  result === undefined || result === 'completed' ? 'completed' : (transferWords[text(result)] ?? text(result));

const most = 160;

function shortly(fields: Readonly<Record<string, unknown>>): string {
  const whole = Object.entries(fields)
    .map(([name, value]) => `${name}: ${text(value)}`)
    .join(', ');
  return whole.length <= most ? whole : `${whole.slice(0, most - 1)}…`;
}
