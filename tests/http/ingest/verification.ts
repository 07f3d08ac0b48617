import { join } from 'node:path';
import { type Config, parseConfig } from '../../../src/config.ts';
import type { ReadPhone } from '../../../src/domain/phone.ts';
import { Calendars } from '../../../src/ingest/document-reader.ts';
import { recomputeWith } from '../../../src/ingest/recompute.ts';
import { openNumberingPlan } from '../../../src/numbering/numbering-plan.ts';
import type { VerifyReport } from '../../../src/store/call-store.ts';
import { openStore } from '../../../src/store/open.ts';
import { verify as verifyDatabase } from '../../../src/store/sqlite/recount.ts';
import type { Store } from '../../../src/store/store.ts';

let numberingPlan: Promise<ReadPhone> | undefined;

/** What `voxgauge verify` does, in this process. */
export async function verify(store: Store): Promise<VerifyReport> {
  numberingPlan ??= openNumberingPlan();
  return store.calls.verify(
    recomputeWith({ ...defaults(), calendars: new Calendars(), readPhone: await numberingPlan }),
  );
}

/** The same for a folder, without opening a store and its writer thread for it. */
export async function verifyFolder(folder: string): Promise<VerifyReport> {
  numberingPlan ??= openNumberingPlan();
  return verifyDatabase(
    join(folder, 'voxgauge.db'),
    recomputeWith({ ...defaults(), calendars: new Calendars(), readPhone: await numberingPlan }),
  );
}

/** Opens the store of a folder, lets `use` look at it, and closes it again. */
export async function withStore<T>(folder: string, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ kind: 'sqlite', folder }, { observer: { committed: () => {} }, nowMs: Date.now() });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

function defaults(): Config {
  const config = parseConfig({});
  if (!config.ok) throw new Error(config.error.join('\n'));
  return config.value;
}
