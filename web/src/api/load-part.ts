import { ask } from './client.ts';

const reloadedAt = 'voxgauge-reloaded-at';
/** A part that is missing again so soon after the page was loaded is missing for another reason. */
const leastMsBetween = 60_000;

/**
 * Loads a part of the dashboard. Browsers do not fetch again what they could not fetch once, and a server that was updated meanwhile has
 * the parts of its new version alone: when the server answers, the page is loaded anew, which loses nothing, for all of its state stands
 * in the address. Fails with a sentence when the server cannot be reached, or when that has not helped.
 */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch {
    await ask('/dashboard/session');
    const lastMs = Number(sessionStorage.getItem(reloadedAt));
    if (Date.now() - lastMs < leastMsBetween) throw new Error('A part of the dashboard is missing on the server.');
    sessionStorage.setItem(reloadedAt, `${Date.now()}`);
    globalThis.location.reload();
    return new Promise(() => undefined);
  }
}
