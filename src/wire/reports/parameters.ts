import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { dimensionNames, filterColumns } from '../../domain/reports/query/dimensions.ts';
import { figureNames } from '../../domain/reports/query/figures.ts';
import { reportPeriods } from '../../domain/reports/query/request.ts';
import { failed, ok, type Result } from '../../domain/result.ts';
import { schemaProblem } from '../problem.ts';

/** A parameter that is not what it must be; `error` is the sentence without its name. */
export interface ParameterProblem {
  readonly parameter: string;
  readonly error: string;
}

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
const listed: ReadonlySet<string> = new Set(['number', ...filterColumns]);

/** Reads a query string into the parameters, each of the form that its schema says. */
export function parseParameters(query: URLSearchParams): Result<ReportParameters, ParameterProblem> {
  const names = [...new Set(query.keys())];
  const unknown = names.find((name) => !Object.hasOwn(ReportParameters.properties, name));
  if (unknown !== undefined) {
    const known = Object.keys(ReportParameters.properties).join(', ');
    return failed({
      parameter: unknown.slice(0, 80),
      error: `is no parameter of a report; its parameters are ${known}`,
    });
  }
  const repeated = names.find((name) => !listed.has(name) && query.getAll(name).length > 1);
  if (repeated !== undefined) return failed({ parameter: repeated, error: 'must be given once, and was given twice' });
  const given = Object.fromEntries(names.map((name) => [name, givenAs(name, query.getAll(name))]));
  if (parameters.Check(given)) return ok(given);
  const { path, error } = schemaProblem(parameters.Errors(given), given);
  const [, parameter = ''] = path.split('/');
  return failed({ parameter, error });
}

function givenAs(name: string, values: readonly string[]): unknown {
  const [value = ''] = values;
  if (listed.has(name)) return values;
  if (name === 'metrics') return value.split(',');
  return name === 'limit' && /^\d{1,9}$/.test(value) ? Number(value) : value;
}
