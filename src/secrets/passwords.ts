import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/**
 * Passwords as argon2id (RFC 9106) in PHC string format, with the least parameters that OWASP's Password Storage Cheat Sheet
 * asks for: 19 MiB, 2 passes, 1 lane.
 */
const memoryKib = 19_456;
const passes = 2;
const saltBytes = 16;
const tagBytes = 32;

const derive = promisify((parameters: Argon2Parameters, done: (error: Error | null, key: Buffer) => void) =>
  argon2('argon2id', parameters, done),
);

/** `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<tag>` */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(saltBytes);
  const tag = await derive(parametersOf(password, { nonce, memory: memoryKib, passes }));
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=1$${unpadded(nonce)}$${unpadded(tag)}`;
}

const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** Whether the password is the one that was hashed. `hash` null stands for a user who does not exist, and takes as long. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [, memory, passCount, salt = '', tag = ''] = phc.exec(hash ?? nobody) ?? [];
  if (memory === undefined) throw new Error('a password hash in the store is no argon2id hash');
  const nonce = Buffer.from(salt, 'base64');
  const derived = await derive(parametersOf(password, { nonce, memory: Number(memory), passes: Number(passCount) }));
  return timingSafeEqual(derived, Buffer.from(tag, 'base64')) && hash !== null;
}

const nobody = `$argon2id$v=19$m=${memoryKib},t=${passes},p=1$${unpadded(Buffer.alloc(saltBytes))}$${unpadded(Buffer.alloc(tagBytes))}`;

function parametersOf(
  password: string,
  { nonce, memory, passes }: { readonly nonce: Buffer; readonly memory: number; readonly passes: number },
): Argon2Parameters {
  return { message: password, nonce, memory, passes, parallelism: 1, tagLength: tagBytes };
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
