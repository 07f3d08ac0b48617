import { ActionIcon, VisuallyHidden } from '@mantine/core';
import { type CSSProperties, useState } from 'react';
import type { TimelineEvent } from '../../../../src/wire/dashboard/calls.ts';
import { printExactly, printFigure } from '../../format/numbers.ts';
import { ChevronIcon, WarningIcon } from '../../parts/icons.tsx';
import { text, wordsOf } from './event-words.ts';
import { Outcome } from './outcome.tsx';
import { barOf, printOffset, type Timeline, type TimelineRow, tickShare } from './timeline.ts';

interface TableProps {
  readonly timeline: Timeline;
  /** How the call ended. */
  readonly outcome: string;
  /** The bars stand below what they belong to, not beside it. */
  readonly isNarrow: boolean;
  /** How many lines are shown. */
  readonly most: number;
}

/** The events of a call by time, as a table whose bars only repeat what stands beside them in figures. */
export function TimelineTable({ timeline, outcome, isNarrow, most }: TableProps) {
  const [open, setOpen] = useState<ReadonlySet<TimelineRow['id']>>(new Set());
  const toggle = (id: TimelineRow['id']) =>
    setOpen((now) => (now.has(id) ? new Set([...now].filter((each) => each !== id)) : new Set([...now, id])));
  return (
    <table className="timeline" aria-label="Events of the call" style={stepStyle(timeline)}>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Event</th>
          {!isNarrow && (
            <th scope="col" className="timeline-where">
              <VisuallyHidden>Place in the call</VisuallyHidden>
              <Axis timeline={timeline} />
            </th>
          )}
          <th scope="col" className="timeline-figure">
            Length
          </th>
        </tr>
      </thead>
      <tbody>
        {timeline.rows.slice(0, most).map((row) => (
          <Row
            key={row.id}
            row={row}
            timeline={timeline}
            outcome={outcome}
            isNarrow={isNarrow}
            isOpen={open.has(row.id)}
            onToggle={() => toggle(row.id)}
          />
        ))}
      </tbody>
    </table>
  );
}

/** Lines of the axis behind the bars. */
const stepStyle = (timeline: Timeline): CSSProperties => {
  const share = tickShare(timeline);
  return share === null ? {} : { ['--timeline-step' as string]: `${share}%` };
};

function Axis({ timeline }: { readonly timeline: Timeline }) {
  return (
    <span className="timeline-axis" aria-hidden="true">
      {timeline.ticks.map((at) => (
        <span key={at} className="timeline-tick" style={{ left: `${barOf({ at, duration: null }, timeline).left}%` }}>
          {printFigure(at, 'duration')}
        </span>
      ))}
    </span>
  );
}

interface RowProps extends Omit<TableProps, 'most'> {
  readonly row: TimelineRow;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function Row({ row, timeline, outcome, isNarrow, isOpen, onToggle }: RowProps) {
  const { id, at, duration, event } = row;
  const isError = event !== null && wordsOf(event).isError;
  const bar = <Track row={row} timeline={timeline} />;
  return (
    <>
      <tr data-row={id} tabIndex={-1} className={isError ? 'error' : ''}>
        <td className="timeline-time">
          <span className="timeline-moment">
            {event === null ? (
              <span className="timeline-spacer" />
            ) : (
              <ActionIcon
                size="sm"
                onClick={onToggle}
                aria-expanded={isOpen}
                aria-label={`All fields of the event at ${printOffset(at)}`}
              >
                <span className={isOpen ? 'timeline-chevron open' : 'timeline-chevron'}>
                  <ChevronIcon size={14} />
                </span>
              </ActionIcon>
            )}
            {printOffset(at)}
          </span>
        </td>
        <td className="timeline-what">
          {event === null ? <CallMark id={id} outcome={outcome} /> : <What event={event} />}
          {isNarrow && bar}
        </td>
        {!isNarrow && <td className="timeline-where">{bar}</td>}
        <td className="timeline-figure" title={duration === null ? '' : printExactly(duration, 'seconds')}>
          {duration !== null && printFigure(duration, duration < 60 ? 'seconds' : 'duration')}
        </td>
      </tr>
      {isOpen && event !== null && (
        <tr>
          <td colSpan={isNarrow ? 3 : 4}>
            <Fields event={event} />
          </td>
        </tr>
      )}
    </>
  );
}

interface CallMarkProps {
  readonly id: TimelineRow['id'];
  readonly outcome: string;
}

const CallMark = ({ id, outcome }: CallMarkProps) =>
  id === 'start' ? <span className="timeline-title">Call started</span> : <Outcome outcome={outcome} />;

function What({ event }: { readonly event: TimelineEvent }) {
  const { kind, title, details, isError } = wordsOf(event);
  return (
    <>
      <span className="timeline-kind">
        {isError && <WarningIcon size={14} />}
        {kind}
      </span>{' '}
      <span className="timeline-title">{title}</span>
      {details.length > 0 && <div className="timeline-details">{details.join(' · ')}</div>}
    </>
  );
}

function Track({ row, timeline }: { readonly row: TimelineRow; readonly timeline: Timeline }) {
  const { left, width } = barOf(row, timeline);
  return (
    <span className="timeline-track" aria-hidden="true">
      <span
        className={`timeline-bar ${row.event?.type ?? ''}`}
        style={{ left: `min(${left}%, calc(100% - 3px))`, width: `${width}%` }}
      />
    </span>
  );
}

/** All that was sent of an event, as it was sent. */
function Fields({ event: { type, fields } }: { readonly event: TimelineEvent }) {
  return (
    <dl className="timeline-fields">
      {Object.entries({ type, ...fields }).map(([name, value]) => (
        <div key={name} className="timeline-field">
          <dt>{name}</dt>
          <dd>{text(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
