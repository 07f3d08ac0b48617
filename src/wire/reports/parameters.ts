import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { dimensionNames, filterColumns } from '../../domain/reports/query/dimensions.ts';
import { figureNames } from '../../domain/reports/query/figures.ts';
import { reportPeriods } from '../../domain/reports/query/request.ts';
import type { Result } from '../../domain/result.ts';
import { type ParameterProblem, parseQuery, type QueryForm } from '../query-string.ts';

const mostGroups = 1000;
export const usualGroups = 200;

const day = (description: string) => Type.String({ format: 'date', description });
const only = (description: string) =>
  Type.Optional(Type.Array(Type.String({ maxLength: 2048 }), { minItems: 1, maxItems: 200, description }));

/** The parameters of a report: what is checked here is what the OpenAPI document says. */
export const ReportParameters = Type.Object(
  {
    start: day('first local day'),
    end: day('last local day, inclusive; at most 3,660 days in all, 92 by hour'),
    metrics: Type.Optional(
      Type.Array(Type.Enum([...figureNames]), {
        minItems: 1,
        uniqueItems: true,
        default: ['calls'],
        description: 'figures, in the order in which they are wanted',
      }),
    ),
    period: Type.Optional(
      Type.Enum([...reportPeriods], { description: 'length of a bucket; without it, all days are one' }),
    ),
    by: Type.Optional(Type.Enum([...dimensionNames], { description: 'what groups are told apart by' })),
    number: only('only these numbers of the login, in any usual spelling'),
    application: only('only these applications'),
    page: only('only these pages, by their file names'),
    form: only('only these forms'),
    item: only('only these form items'),
    region: only('only callers of these regions: `US-MA`, `US-TOLLFREE`, `GB`'),
    compare: Type.Optional(Type.Enum(['previous'], { description: 'every figure of the period before, too' })),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: mostGroups, default: usualGroups, description: 'groups in an answer' }),
    ),
    cursor: Type.Optional(Type.String({ maxLength: 200, description: '`next` of the answer before' })),
  },
  { additionalProperties: false },
);

export type ReportParameters = Static<typeof ReportParameters>;

const parameters = Compile(ReportParameters);
const form: QueryForm<ReportParameters> = {
  what: 'a report',
  names: Object.keys(ReportParameters.properties),
  listed: new Set(['number', ...filterColumns]),
  valueOf(name, text) {
    if (name === 'metrics') return text.split(',');
    return name === 'limit' && /^\d{1,9}$/.test(text) ? Number(text) : text;
  },
  check: (given) => parameters.Check(given),
  errors: (given) => parameters.Errors(given),
};

/** Reads a query string into the parameters, each of the form that its schema says. */
export const parseParameters = (query: URLSearchParams): Result<ReportParameters, ParameterProblem> =>
  parseQuery(query, form);
