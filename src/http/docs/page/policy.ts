/**
 * Before the bundle of the reference runs: its validator (zod) would try whether it may compile code, which the policy of the page
 * forbids, and the browser reports each try as a violation. Told so, it does not try.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
