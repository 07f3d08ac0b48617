import { newPostgresDatabase } from '../postgres/database.ts';
import { storeContract } from './contract.ts';

storeContract('PostgreSQL', () => newPostgresDatabase());
