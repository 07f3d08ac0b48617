import { cpus, release, totalmem, type } from 'node:os';
import { markdownTable } from './table.ts';

/** What the figures were measured on; `engines` names the versions of databases that took part. */
export function machineTable(engines: Readonly<Record<string, string>>): string {
  const processors = cpus();
  const { node, sqlite = 'unknown' } = process.versions;
  const rows = {
    date: Temporal.Now.plainDateISO('UTC').toString(),
    processor: `${processors[0]?.model.trim()}, ${processors.length} cores`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    kernel: `${type()} ${release()}`,
    'Node.js': node,
    SQLite: sqlite,
    ...engines,
  };
  return markdownTable(['', ''], Object.entries(rows));
}
