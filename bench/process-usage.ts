import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** What other processes use, as Linux tells (proc(5)); null on other systems. */

const isKnown = process.platform === 'linux';

/** USER_HZ, the unit of times in /proc, is 100 on every platform of Node.js. */
const tickMs = 10;
const parentField = 4;
const userTimeField = 14;
const systemTimeField = 15;

/** Fields of a process by their number in proc(5). */
function fieldsOf(pid: number): (field: number) => number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the name in parentheses, which may hold spaces; the third comes after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (field) => Number(fields[field - 3]);
}

/** CPU time that the process has used so far, in milliseconds. */
export function cpuMsOf(pid: number): number | null {
  if (!isKnown) return null;
  const field = fieldsOf(pid);
  return (field(userTimeField) + field(systemTimeField)) * tickMs;
}

/** The same of all processes that it has started and that are there now. */
export function cpuMsOfChildren(pid: number): number | null {
  if (!isKnown) return null;
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return all.reduce((sum, name) => sum + (isChild(Number(name), pid) ? (cpuMsOf(Number(name)) ?? 0) : 0), 0);
}

function isChild(pid: number, parent: number): boolean {
  try {
    return fieldsOf(pid)(parentField) === parent;
  } catch {
    // It has ended since it was listed.
    return false;
  }
}

/** The most memory that was resident since it was last asked, in MiB. */
export function takePeakMemoryMiB(pid: number): number | null {
  if (!isKnown) return null;
  const [, peakKib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  // 5 starts the peak anew.
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  return peakKib === undefined ? null : Number(peakKib) / 1024;
}

/** Adds the CPU time that the process used meanwhile. */
export async function withCpu<T>(pid: number, run: () => Promise<T>): Promise<T & { readonly cpuMs: number | null }> {
  const startMs = cpuMsOf(pid);
  const result = await run();
  const endMs = cpuMsOf(pid);
  return { ...result, cpuMs: startMs === null || endMs === null ? null : endMs - startMs };
}
