import { type Static, Type } from 'typebox';

/** Problem details (RFC 9457). */
export const ProblemDetails = Type.Object({
  type: Type.String({ description: 'address of the description of the error' }),
  title: Type.String({ description: 'reason phrase of the status' }),
  status: Type.Integer(),
  detail: Type.String({ description: 'a sentence that says what to change' }),
  parameter: Type.Optional(Type.String({ description: 'the parameter that is wrong, where it is one' })),
});

export type ProblemDetails = Static<typeof ProblemDetails>;
