import type { TestProject } from 'vitest/node';
import { startPostgres } from './start-server.ts';

/**
 * The PostgreSQL server of all tests: one from the npm registry, or the one that VOXGAUGE_TEST_POSTGRES names, such as the coordinator
 * of a Citus cluster. A server that is not to be had fails the run.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['VOXGAUGE_TEST_POSTGRES'];
  if (given !== undefined) {
    project.provide('postgresUrl', given);
    return async () => {};
  }
  const server = await startPostgres();
  project.provide('postgresUrl', server.url);
  return () => server.remove();
}
