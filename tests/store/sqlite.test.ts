import { storeContract } from './contract.ts';
import { newSqliteDatabase } from './sqlite-database.ts';

storeContract('SQLite', newSqliteDatabase);
