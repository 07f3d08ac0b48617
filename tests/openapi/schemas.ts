import { Ajv2020 } from 'ajv/dist/2020.js';
import { api } from './document.ts';

/** Checks values against schemas of the document, by a validator that has made none of them. */

const ajv = new Ajv2020({ strict: true, allErrors: true });
ajv.addFormat('date', isDate);
// A password is any text; the format says only how a form should show it.
ajv.addFormat('password', true);
// Schemas are found in the document by their places, and the document itself is none.
ajv.addVocabulary(Object.keys(api));
const id = 'openapi';
ajv.addSchema(api, id);

/** `full-date` of RFC 3339. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text);
    return true;
  } catch {
    // The only way in which Temporal tells.
    return false;
  }
}

export interface Violation {
  /** JSON pointer into the value; of a missing field, where it should be. */
  readonly path: string;
  readonly message: string;
  /** The keyword of the schema that is violated, and where it is. */
  readonly keyword: string;
  readonly schemaPath: string;
}

/** What of a value is not as the schema at a JSON pointer into the document says. */
export function violationsOf(schemaPointer: string, value: unknown): readonly Violation[] {
  const validate = ajv.getSchema(`${id}#${encodeURI(schemaPointer)}`);
  if (validate === undefined) throw new Error(`the document has no schema at ${schemaPointer}`);
  if (validate(value) === true) return [];
  return (validate.errors ?? []).map(({ instancePath, message = '', keyword, schemaPath, params }) => {
    const missing: unknown = keyword === 'required' ? Reflect.get(params, 'missingProperty') : undefined;
    const path = missing === undefined ? instancePath : `${instancePath}/${missing}`;
    return { path, message, keyword, schemaPath };
  });
}
