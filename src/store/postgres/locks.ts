/**
 * Advisory locks of the database, as arguments: a number that nobody else is likely to take, the bytes of "voxg", and one for each schema
 * in which Voxgauge may live beside others.
 */
const lock = (name: string): string => `1987016807, hashtext('${name} ' || current_schema())`;

/** Held by whoever brings the schema up to date. */
export const migrationLock = lock('migration');

/** Held in common by all servers, and alone by whoever has something to change in the schema. */
export const serversLock = lock('servers');
