import { type TSchema, Type } from 'typebox';
import { periods } from '../../domain/buckets.ts';
import type { PathNode } from '../../domain/reports/path.ts';
import { usStates } from '../../domain/reports/regions.ts';
import { compactDay } from './request.ts';

/** The shapes of the compatible API, for its description: parts of paths, and what is answered. */

const day = (description: string) => Type.String({ pattern: compactDay.pattern.source, description });

export const pathParts = {
  start: day('first local day, `YYYYMMDD`'),
  end: day('last local day, inclusive; at most 3,660 days in all'),
  period: Type.Enum([...periods], { description: 'length of a bucket; weeks start on Monday' }),
  phone: Type.String({
    minLength: 1,
    description: 'a number that the login owns, in any usual spelling, or `ALL` for all of them',
  }),
};

export const VoiceTrendsError = Type.Object(
  { error: Type.String({ description: 'a sentence that says what to change' }) },
  { additionalProperties: false },
);

const hex32 = (description: string) => Type.String({ pattern: '^[0-9a-f]{32}$', description });

export const Credentials = Type.Object(
  { login: hex32('user name of HTTP Basic'), password: hex32('password of HTTP Basic') },
  { additionalProperties: false },
);

/** Where a map is empty, the original answers `[]`. */
const mapOrEmpty = (map: TSchema) => Type.Union([map, Type.Array(Type.Unknown(), { maxItems: 0 })]);

const mapOf = (value: TSchema, { keys, description }: { readonly keys: string; readonly description: string }) =>
  Type.Object({}, { additionalProperties: value, propertyNames: Type.String({ pattern: keys }), description });

const seriesMap = mapOf(Type.Number(), {
  keys: '^-?\\d+$',
  description: 'from the UNIX second at which a local day, week or month begins to the figure',
});

/** An object with exactly these series. */
export const seriesAnswerSchema = (names: readonly string[]): TSchema =>
  Type.Object(Object.fromEntries(names.map((name) => [name, seriesMap])), { additionalProperties: false });

const count = Type.Integer({ minimum: 0 });

const nodeFields: Readonly<Record<keyof PathNode, TSchema>> = {
  page: Type.String(),
  form: Type.String(),
  item: Type.String(),
  visits: count,
  filled: count,
  nomatch: count,
  noinput: count,
  transfer: count,
  disconnect: count,
};

export const PathAnswer = Type.Object(
  {
    applications: mapOrEmpty(
      mapOf(Type.Array(Type.Object(nodeFields, { additionalProperties: false })), {
        keys: '',
        description: 'by application; most visited form items first',
      }),
    ),
  },
  { additionalProperties: false },
);

export const RegionAnswer = Type.Object(
  {
    US: Type.Object(Object.fromEntries([...usStates, 'US Toll-Free'].map((name) => [name, count])), {
      description: 'calls by the state of the caller’s number',
      additionalProperties: false,
    }),
    NON_US: mapOrEmpty(
      mapOf(count, { keys: '^[A-Z]{2}$', description: 'calls by ISO 3166-1 alpha-2 country, most first' }),
    ),
  },
  { additionalProperties: false },
);
