import { Badge, Group, Paper } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CallDetail, CallSummary } from '../../../../src/wire/dashboard/calls.ts';
import { absent, printExactly, printFigure } from '../../format/numbers.ts';
import { printPhone } from '../../format/phones.ts';
import { printRegion } from '../../format/regions.ts';
import { printInstant } from '../../format/times.ts';
import { Link } from '../../router/link.tsx';
import { useAddress, useFilters } from '../../state/filters.ts';
import { Outcome } from './outcome.tsx';

interface Props {
  readonly detail: CallDetail;
  /** When the call was asked for: one that is up has lasted until then. */
  readonly readAtMs: number;
}

/** What is known of a call as a whole. */
export function CallFacts({ detail, readAtMs }: Props) {
  const { summary, ended_at: endedAt, labels } = detail;
  const { timeZone } = useFilters();
  const time = (instant: string) => <time dateTime={instant}>{printInstant(instant, timeZone)}</time>;
  const named = Object.entries(labels);
  return (
    <Paper withBorder component="dl" className="panel call-facts" style={{ display: 'grid' }}>
      <Fact name="Outcome">
        <Outcome outcome={summary.outcome} />
      </Fact>
      <Fact name="Started">{time(summary.started_at)}</Fact>
      <Fact name="Ended">{endedAt === null ? 'not yet' : time(endedAt)}</Fact>
      <Fact name="Duration">
        <Duration summary={summary} readAtMs={readAtMs} />
      </Fact>
      <Parties summary={summary} />
      <Fact name="Application">{summary.application}</Fact>
      <Fact name="Pages">{pages(summary)}</Fact>
      <Fact name="Form items">{printFigure(summary.form_items, 'count')}</Fact>
      <Fact name="Transfers">{printFigure(summary.transfers, 'count')}</Fact>
      <Fact name="Errors">{errors(summary)}</Fact>
      {named.length > 0 && (
        <Fact name="Labels" isWide>
          <Group gap={4}>
            {named.map(([name, value]) => (
              <Badge key={name} variant="default" radius="sm" tt="none" fw={400} h="auto" className="call-label">
                {name}: {value}
              </Badge>
            ))}
          </Group>
        </Fact>
      )}
    </Paper>
  );
}

interface DurationProps {
  readonly summary: CallSummary;
  readonly readAtMs: number;
}

function Duration({ summary: { duration, started_at: startedAt }, readAtMs }: DurationProps) {
  const soFar = Math.max(0, (readAtMs - Date.parse(startedAt)) / 1000);
  if (duration === null) return `${printFigure(soFar, 'duration')} so far`;
  return <span title={printExactly(duration, 'duration')}>{printFigure(duration, 'duration')}</span>;
}

function Parties({ summary: { number, caller, region, direction } }: { readonly summary: CallSummary }) {
  const address = useAddress();
  return (
    <>
      <Fact name={direction === 'outbound' ? 'Number (outbound)' : 'Number'}>{printPhone(number)}</Fact>
      <Fact name="Caller">
        {caller === null ? (
          'withheld'
        ) : (
          <Link href={address('/calls', { caller })} title="All calls of this caller in these days">
            {printPhone(caller)}
          </Link>
        )}
      </Fact>
      <Fact name="Region">{region === null ? absent : printRegion(region)}</Fact>
    </>
  );
}

interface FactProps {
  readonly name: string;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

function Fact({ name, isWide = false, children }: FactProps) {
  return (
    <div className={isWide ? 'wide' : ''}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const pages = ({ page_loads: loads, slowest_page_load: slowest }: CallSummary): string =>
  slowest === null
    ? printFigure(loads, 'count')
    : `${printFigure(loads, 'count')}, the slowest in ${printFigure(slowest, 'seconds')}`;

function errors({ js_errors: js, fetch_errors: fetch }: CallSummary): ReactNode {
  if (js + fetch === 0) return 'none';
  const named = (count: number, kind: string) =>
    count === 0 ? [] : [`${printFigure(count, 'count')} ${kind} ${count === 1 ? 'error' : 'errors'}`];
  const parts = [...named(js, 'script'), ...named(fetch, 'fetch')];
  return <span className="call-errors">{parts.join(', ')}</span>;
}
