/** Length of a quota window. Windows are aligned to :00 :15 :30 :45 UTC. */
export const windowSeconds = 900;

/** UNIX seconds at which the window of an instant began. */
export const windowStartOf = (nowMs: number): number => Math.floor(nowMs / 1000 / windowSeconds) * windowSeconds;

/** How long temporary credentials live after their last use. */
export const credentialLifetimeMs = 86_400_000;

/** How long a session of the dashboard lives after its last use. */
export const sessionLifetimeMs = 7 * 86_400_000;
