import { type ParseContext, parseCall } from '../../src/wire/call-parser.ts';

/** Call documents for tests of what they are read as. */

export const context: ParseContext = {
  country: 'US',
  allowsInput: false,
  maxEvents: 3,
  readPhone: (spelled, country) => {
    const digits = spelled.replace(/\D/g, '');
    return { number: digits === '' ? '' : `${country} ${digits}`, region: digits.startsWith('617') ? 'US-MA' : null };
  },
};

export const document = {
  id: 'c-1',
  phone: '(617) 399-0000',
  application: 'https://ivr.example/start.php',
  started_at: '2018-02-07T10:00:00-05:00',
};

/** What the document is read as with other fields. */
export const readWith = (fields: object, changes: Partial<ParseContext> = {}) =>
  parseCall({ ...document, ...fields }, { ...context, ...changes });
