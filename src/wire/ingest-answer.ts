import { type Static, Type } from 'typebox';

/** A document of a request that was not taken, and is kept in quarantine. */
export const RejectedDocument = Type.Object({
  index: Type.Integer({ minimum: 0, description: 'place in the request, from 0' }),
  id: Type.Union([Type.String(), Type.Null()], { description: 'id of the call, where the document has one' }),
  path: Type.String({ description: 'JSON pointer (RFC 6901) to the field; empty for the whole document' }),
  error: Type.String({ description: 'what must be, and what was given' }),
});

const count = (description: string) => Type.Integer({ minimum: 0, description });

/** What became of the documents of a request, with its keys in this order. */
export const IngestAnswer = Type.Object({
  stored: count('calls that are new'),
  replaced: count('calls that were there, in an equal or lower revision'),
  unchanged: count('documents that are there already, byte for byte'),
  stale: count('documents of a lower revision than the stored one'),
  rejected: Type.Array(RejectedDocument, { description: 'at most 10,000 of them' }),
  rejected_more: Type.Optional(count('how many more were rejected than are listed')),
});

export type RejectedDocument = Static<typeof RejectedDocument>;
export type IngestAnswer = Static<typeof IngestAnswer>;
