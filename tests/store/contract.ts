import { afterAll, beforeAll, describe } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { credentialContract, keyContract, quotaContract } from './contract/access.ts';
import { accountContract } from './contract/accounts.ts';
import { callListContract } from './contract/call-list.ts';
import { recordContract } from './contract/calls.ts';
import { dayContract } from './contract/days.ts';
import { durabilityContract } from './contract/lifecycle.ts';
import { modelContract } from './contract/model.ts';
import { numberContract } from './contract/numbers.ts';
import { recountContract } from './contract/recount.ts';
import { importContract, rejectContract } from './contract/rejects.ts';
import { reportContract } from './contract/reports.ts';
import { retentionContract } from './contract/retention.ts';
import { roleContract } from './contract/roles.ts';
import { sessionContract } from './contract/sessions.ts';
import { timeZoneContract } from './contract/time-zones.ts';
import { tokenContract } from './contract/tokens.ts';
import { transferContract } from './contract/transfer.ts';
import { zoneWorldContract } from './contract/zone-worlds.ts';
import type { NewDatabase, Subject, TestDatabase } from './subject.ts';

/**
 * What every store must do, whatever its engine: everything that the port promises. An engine is tested by handing over how to
 * make an empty database of its own; what only one engine has, such as a backup of its own making, stands in tests of that engine.
 */
export function storeContract(name: string, newDatabase: NewDatabase): void {
  describe(`a store on ${name}`, () => {
    let database: TestDatabase | null = null;
    let shared: Store | null = null;
    const subject: Subject = {
      newDatabase,
      get store() {
        if (shared === null) throw new Error('the store is there only while a test runs');
        return shared;
      },
    };
    beforeAll(async () => {
      database = await newDatabase();
      shared = await database.open();
    });
    afterAll(async () => {
      await shared?.close();
      await database?.remove();
    });

    accountContract(subject);
    roleContract(subject);
    numberContract(subject);
    keyContract(subject);
    tokenContract(subject);
    credentialContract(subject);
    sessionContract(subject);
    quotaContract(subject);
    recordContract(subject);
    callListContract(subject);
    dayContract(subject);
    reportContract(subject);
    rejectContract(subject);
    importContract(subject);
    recountContract(subject);
    retentionContract(subject);
    timeZoneContract(subject);
    zoneWorldContract(subject);
    transferContract(subject);
    durabilityContract(subject);
    modelContract(subject);
  });
}
