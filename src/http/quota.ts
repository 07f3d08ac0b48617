import { isIPv6 } from 'node:net';
import type { FastifyReply } from 'fastify';
import { windowSeconds, windowStartOf } from '../domain/quota.ts';
import type { QuotaWindow, UserId } from '../store/access-store.ts';

/** All data resources share one counter of a user. */
export const dataWindow = (userId: UserId, nowMs: number): QuotaWindow => ({
  quota: 'data',
  subject: `${userId}`,
  windowStart: windowStartOf(nowMs),
});

/** Attempts to log in, right and wrong ones. */
export const authWindow = (
  { tool, login }: { readonly tool: string; readonly login: string },
  nowMs: number,
): QuotaWindow => ({
  quota: 'auth',
  subject: `${tool} ${login}`,
  windowStart: windowStartOf(nowMs),
});

/** Wrong attempts from one address, whatever the login. */
export const addressWindow = (address: string, nowMs: number): QuotaWindow => ({
  quota: 'auth-failures',
  subject: networkOf(address),
  windowStart: windowStartOf(nowMs),
});

const bitsOfGroup = 16;
const bitsOfNetwork = 64;

/**
 * Whoever has an IPv6 address has the 2^64 of its network (RFC 6177), and could guess from each of them: they count as one. An IPv4 address
 * is itself, also where it is written as one of IPv6.
 */
export function networkOf(address: string): string {
  const [, ipv4] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  if (ipv4 !== undefined) return ipv4;
  if (!isIPv6(address)) return address;
  const [withoutZone = ''] = address.split('%');
  const [start = '', end] = withoutZone.split('::');
  const groupsOf = (text: string) => text.split(':').filter((group) => group !== '');
  const left = groupsOf(start);
  const missing = end === undefined ? 0 : 8 - left.length - groupsOf(end).length;
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...groupsOf(end ?? '')];
  const network = groups.slice(0, bitsOfNetwork / bitsOfGroup).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/${bitsOfNetwork}`;
}

interface Spent {
  readonly limit: number;
  readonly used: number;
}

/** `X-RateLimit-Reset` is the UNIX second at which the window ends. */
export function setQuotaHeaders(reply: FastifyReply, window: QuotaWindow, { limit, used }: Spent): void {
  reply.header('X-RateLimit-Limit', limit);
  reply.header('X-RateLimit-Remaining', Math.max(0, limit - used));
  reply.header('X-RateLimit-Reset', window.windowStart + windowSeconds);
}

/** Seconds until the window ends, at least one. */
export function setRetryAfter(reply: FastifyReply, window: QuotaWindow, nowMs: number): void {
  reply.header('Retry-After', Math.max(1, Math.ceil(window.windowStart + windowSeconds - nowMs / 1000)));
}

/** Requests of the dashboard that a user may send in a minute: far more than any page asks for, and too few to be a burden. */
export const dashboardRequestsPerMinute = 600;

const minuteSeconds = 60;

/** They are no data requests of the API, and use nothing of its quota. */
export const dashboardWindow = (userId: UserId, nowMs: number): QuotaWindow => ({
  quota: 'dashboard',
  subject: `${userId}`,
  windowStart: Math.floor(nowMs / 1000 / minuteSeconds) * minuteSeconds,
});

/** Seconds until a window of the dashboard ends, at least one. */
export function setRetryAfterMinute(reply: FastifyReply, { windowStart }: QuotaWindow, nowMs: number): void {
  reply.header('Retry-After', Math.max(1, Math.ceil(windowStart + minuteSeconds - nowMs / 1000)));
}
