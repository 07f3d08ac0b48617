import { Code } from '@mantine/core';
import { useMemo } from 'react';
import type { CallDetail } from '../../../../src/wire/dashboard/calls.ts';
import { printInstant } from '../../format/times.ts';
import { Panel } from '../../parts/panel.tsx';
import { useFilters } from '../../state/filters.ts';
import { printJson } from './json-print.ts';

/** The call as its sender has described it. What is copied is exactly what was sent. */
export function CallDocument({ detail }: { readonly detail: CallDetail }) {
  const { document, revision, stored_at: storedAt } = detail;
  const { timeZone } = useFilters();
  const printed = useMemo(() => printJson(document), [document]);
  return (
    <Panel
      title="Document"
      hint={`Revision ${revision}, stored ${printInstant(storedAt, timeZone)}. A copy is exactly what was sent.`}
      copyText={() => document}
    >
      {({ isLarge }) => (
        <Code
          block
          component="pre"
          tabIndex={0}
          role="region"
          aria-label="JSON of the document"
          className={isLarge ? '' : 'call-document'}
        >
          {printed}
        </Code>
      )}
    </Panel>
  );
}
