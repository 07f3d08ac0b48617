/**
 * What an answer of the compatible API is made of, to be printed as JSON or as XML. A map keeps its keys in order, which an object
 * does not where they look like numbers: instants before 1970, an application called `42`.
 */
export type Printable =
  | string
  | number
  | null
  | readonly Printable[]
  | ReadonlyMap<string, Printable>
  | { readonly [key: string]: Printable };
