import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench, Section } from './bench.ts';
import { median } from './figures.ts';
import { figure, markdownTable } from './table.ts';

const most = { ms: 1500, kilobytes: 350 } as const;
/** What it prints is declared there; it runs in a process of its own, for it has the types of a browser. */
const script = join(import.meta.dirname, '../tests/browser/dashboard/visits.ts');

interface Visits {
  readonly chromium: string;
  readonly visits: readonly { readonly figuresMs: number; readonly bytes: number }[];
}

/** The overview of the dashboard with the calls of the demo, in headless Chromium: nothing is in its cache. */
export async function benchDashboard({ isQuick, say }: Bench): Promise<Section> {
  say('(g) visits of the dashboard');
  const { stdout } = await promisify(execFile)(process.execPath, [script, isQuick ? '3' : '20']);
  const { chromium, visits }: Visits = JSON.parse(stdout);
  const times = visits.map(({ figuresMs }) => figuresMs);
  const kilobytes = Math.max(...visits.map(({ bytes }) => bytes)) / 1000;
  const goal = (value: number, limit: number, unit: string) =>
    `≤ ${limit} ${unit}: ${value <= limit ? 'reached' : 'missed'}`;
  const rows = [
    ['until the first figures are there, median, ms', figure(median(times)), goal(median(times), most.ms, 'ms')],
    ['the same, slowest visit, ms', figure(Math.max(...times)), ''],
    [
      'first load: page, scripts and styles without the engine of the graphs, compressed, KB',
      figure(kilobytes),
      goal(kilobytes, most.kilobytes, 'KB'),
    ],
  ];
  const text = [
    '## (g) The dashboard',
    `The overview in headless Chromium, signed in and with an empty cache, on the 90 days of calls of the demo, ${visits.length} times; browser and server share the machine.`,
    markdownTable(['', 'measured:', 'target'], rows),
  ];
  return { text: text.join('\n\n'), versions: { Chromium: chromium } };
}
