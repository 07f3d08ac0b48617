import { createReadStream, type Stats, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Cli, CommandError } from './cli.ts';

/** Bytes to import: a file, or standard input. */
export interface Source {
  readonly name: string;
  /** The same for the same content, as far as the file system tells; null for what cannot be read twice. */
  readonly identity: string | null;
  /** Throws {@link CommandError} when the bytes cannot be read to their end. */
  readonly read: () => AsyncIterable<Uint8Array>;
  /** How much was read, 0–1; null where the length is not known. */
  readonly share: () => number | null;
}

const readAtOnceBytes = 262_144;

/** Finds the file, `-` for standard input; a name that ends in .gz is decompressed. */
export function openSource(cli: Cli, file: string): Source {
  if (file === '-') return { name: 'standard input', identity: null, read: () => cli.stdin, share: () => null };
  const path = resolve(file);
  const name = basename(file);
  const stat = statOf(path);
  let bytesRead = () => 0;
  const read = () => {
    const stream = createReadStream(path, { highWaterMark: readAtOnceBytes });
    bytesRead = () => stream.bytesRead;
    // Whoever reads meets every failure of either stream; the callback only keeps it from being thrown a second time.
    return whole(file.endsWith('.gz') ? pipeline(stream, createGunzip(), () => {}) : stream, name);
  };
  // A pipe, which a shell's <(…) is, has no length, and nothing to come back to.
  if (!stat.isFile()) return { name, identity: null, read, share: () => null };
  const share = () => (stat.size === 0 ? 1 : bytesRead() / stat.size);
  return { name, identity: `${path} ${stat.size} ${stat.mtimeMs}`, read, share };
}

function statOf(path: string): Stats {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || stat.isDirectory()) {
    throw new CommandError(`there is no file ${path}; name a file that is there, or - for standard input`);
  }
  return stat;
}

async function* whole(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(
      `${name} cannot be read to its end: ${reason}; run the same command again with a copy that is whole`,
      { cause: error },
    );
  }
}
