import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A password for a person: 120 bits in 20 characters that survive being copied. */
export const newPassword = (): string => randomBytes(15).toString('base64url');

/** An ingest key: 256 bits. The prefix lets people and secret scanners see what it is. */
export const newIngestKey = (): string => `vgk_${randomBytes(32).toString('base64url')}`;

/** A token to read reports with: 256 bits, with a prefix of its own. */
export const newApiToken = (): string => `vgt_${randomBytes(32).toString('base64url')}`;

/** What the cookie of a session holds: 256 bits. */
export const newSessionSecret = (): string => randomBytes(32).toString('base64url');

/** What of a key or token is shown in lists. */
export const keyHint = (key: string): string => key.slice(0, 8);

/** 32 lower-case hex digits, as logins and passwords of temporary credentials are spelled. */
export const newHex32 = (): string => randomBytes(16).toString('hex');

/** Hex. Enough for secrets of 128 random bits and more; passwords that people choose are hashed with argon2id. */
export const sha256Of = (secret: string): string => hash('sha256', secret, 'hex');

/** Compares a secret with the SHA-256 (hex) that is kept of one, in a time that does not depend on either. */
export const isSecret = (secret: string, sha256: string): boolean =>
  timingSafeEqual(Buffer.from(sha256Of(secret), 'hex'), Buffer.from(sha256, 'hex'));
