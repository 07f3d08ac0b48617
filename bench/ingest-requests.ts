import { requestBytes } from './http-connection.ts';
import { type Place, runVoxgauge } from './voxgauge.ts';

/** Documents of a request. */
export const batchSize = 500;

/** What sends documents to `POST /ingest/v1/calls`, in batches. */
export function ingestRequests(documents: readonly { readonly json: string }[], key: string): readonly Buffer[] {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  return Array.from({ length: documents.length / batchSize }, (_, index) => {
    const batch = documents.slice(index * batchSize, (index + 1) * batchSize);
    const body = `[${batch.map(({ json }) => json).join(',')}]`;
    return requestBytes({ method: 'POST', path: '/ingest/v1/calls', headers, body });
  });
}

/** What was acknowledged must be there, and counted. */
export async function requireStored(place: Place, expected: number): Promise<void> {
  const report: { documents: number; differences: number } = JSON.parse(await runVoxgauge(place, ['verify', '--json']));
  if (report.documents === expected && report.differences === 0) return;
  throw new Error(`${expected} documents were acknowledged, but verify reports ${JSON.stringify(report)}`);
}
