import { readFileSync, writeFileSync } from 'node:fs';

/** What other processes use, as Linux tells (proc(5)); null on other systems. */

const isKnown = process.platform === 'linux';

/** USER_HZ, the unit of times in /proc, is 100 on every platform of Node.js. */
const tickMs = 10;
const userTimeField = 14;
const systemTimeField = 15;

/** CPU time that the process has used so far, in milliseconds. */
function cpuMsOf(pid: number): number | null {
  if (!isKnown) return null;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the name in parentheses, which may hold spaces; the third comes after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[userTimeField - 3]) + Number(fields[systemTimeField - 3])) * tickMs;
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
