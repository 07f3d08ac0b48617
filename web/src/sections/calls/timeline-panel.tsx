import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { CallDetail } from '../../../../src/wire/dashboard/calls.ts';
import { WarningIcon } from '../../parts/icons.tsx';
import { Panel } from '../../parts/panel.tsx';
import { wordsOf } from './event-words.ts';
import { timelineOf } from './timeline.ts';
import { TimelineTable } from './timeline-table.tsx';
import { timelineText } from './timeline-text.ts';

/** A call may have ten thousand events. */
const usualRows = 300;

/** What happened in a call, line by line on one axis of time. */
export function TimelinePanel({ detail }: { readonly detail: CallDetail }) {
  const isNarrow = useMediaQuery('(max-width: 760px)') ?? false;
  const place = useRef<HTMLDivElement>(null);
  const [most, setMost] = useState(usualRows);
  const { outcome } = detail.summary;
  const timeline = useMemo(() => timelineOf(detail), [detail]);
  const errors = timeline.rows.filter(({ event }) => event !== null && wordsOf(event).isError);
  const jump = () => {
    const first = timeline.rows.findIndex(({ id }) => id === errors[0]?.id);
    // The row has to be there before it can be gone to.
    flushSync(() => setMost((now) => Math.max(now, first + 1)));
    const row = place.current?.querySelector<HTMLElement>(`[data-row="${errors[0]?.id}"]`);
    row?.scrollIntoView({ block: 'center' });
    row?.focus({ preventScroll: true });
  };
  return (
    <Panel
      title="Timeline"
      hint="Times since the call started. Each event opens to all that was sent of it."
      copyText={() => timelineText(timeline, outcome)}
      summary={
        errors.length > 0 && (
          <Button
            variant="default"
            size="compact-sm"
            mx={14}
            leftSection={<WarningIcon size={14} />}
            onClick={jump}
            className="timeline-jump"
          >
            {errors.length === 1 ? 'Jump to the error' : `Jump to the first of ${errors.length} errors`}
          </Button>
        )
      }
    >
      {() => (
        <div ref={place}>
          <TimelineTable timeline={timeline} outcome={outcome} isNarrow={isNarrow} most={most} />
          {timeline.rows.length > most && (
            <Button variant="subtle" size="compact-xs" m="xs" onClick={() => setMost(timeline.rows.length)}>
              Show all ({timeline.rows.length - most} more)
            </Button>
          )}
        </div>
      )}
    </Panel>
  );
}
