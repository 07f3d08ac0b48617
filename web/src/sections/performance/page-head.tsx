import { Button, Group, Paper, Text, Title } from '@mantine/core';
import type { ReportAnswer } from '../../api/report.ts';
import { figureOf } from '../../api/rows.ts';
import { shortApplication } from '../../format/applications.ts';
import { printFigure } from '../../format/numbers.ts';
import { BackIcon } from '../../parts/icons.tsx';
import { Link } from '../../router/link.tsx';
import { useAddress, useFilters } from '../../state/filters.ts';
import type { ChosenPage } from './chosen-page.ts';

interface Props {
  readonly chosen: ChosenPage;
  readonly totals: ReportAnswer | undefined;
}

/** Says that one page is looked at, with the way back to all and the ways to its calls. */
export function PageHead({ chosen, totals }: Props) {
  const address = useAddress();
  const { period } = useFilters();
  const row = totals?.rows[0];
  const [jsErrors, fetchErrors, p95] = [
    figureOf(row, 'js_errors') ?? 0,
    figureOf(row, 'fetch_errors') ?? 0,
    figureOf(row, 'page_load_p95'),
  ];
  const toCalls = (own: Readonly<Record<string, string>>) => address('/calls', { ...chosen, ...own });
  return (
    <Paper withBorder className="page-head">
      <Button component={Link} href={address('/performance')} variant="default" leftSection={<BackIcon size={14} />}>
        All pages
      </Button>
      <div className="page-head-name">
        <Title order={2}>{chosen.page}</Title>
        <Text size="xs" c="dimmed">
          {shortApplication(chosen.application)}
          {period === 'hour' && ' · by day: figures of a page are not kept by hour'}
        </Text>
      </div>
      <Group gap="sm" ml="auto" fz="sm">
        {jsErrors > 0 && <Link href={toCalls({ error: 'js' })}>Calls with script errors</Link>}
        {fetchErrors > 0 && <Link href={toCalls({ error: 'fetch' })}>Calls with fetch errors</Link>}
        {p95 !== null && (
          <Link href={toCalls({ slower_than: `${p95}` })}>
            Calls that waited more than {printFigure(p95, 'seconds')}
          </Link>
        )}
      </Group>
    </Paper>
  );
}
