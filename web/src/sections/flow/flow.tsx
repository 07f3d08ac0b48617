import { Group, NativeSelect } from '@mantine/core';
import { textOf, useReport } from '../../api/report.ts';
import { shortApplication } from '../../format/applications.ts';
import { ErrorState, LoadingState, NothingState } from '../../parts/states.tsx';
import { changeQuery, useParameter } from '../../router/location.ts';
import { DropOffPanel } from './drop-off-panel.tsx';
import { FlowPanels } from './flow-panels.tsx';
import './flow.css';

/** The way of calls through one application, from their start over form items to how they ended. */
export function Flow() {
  const report = useReport({ metrics: ['calls'], by: 'application', limit: 1000, compares: false });
  const chosen = useParameter('application');
  if (report.isLoadingError) return <ErrorState error={report.error} onRetry={() => report.refetch()} />;
  if (report.data === undefined) return <LoadingState height={480} />;
  const known = report.data.rows.map((row) => textOf(row, 'application'));
  const application = chosen ?? known[0];
  if (application === undefined) return <NothingState>No calls in these days.</NothingState>;
  return (
    <>
      <ApplicationChoice application={application} known={known} />
      <div className="panels">
        <FlowPanels application={application}>
          <DropOffPanel application={application} />
        </FlowPanels>
      </div>
    </>
  );
}

interface ChoiceProps {
  readonly application: string;
  readonly known: readonly string[];
}

/** The one with the most calls first. One that is asked for and has no calls in these days can be seen to be so. */
function ApplicationChoice({ application, known }: ChoiceProps) {
  const all = known.includes(application) ? known : [application, ...known];
  return (
    <Group gap="xs" mb="sm">
      <NativeSelect
        label="Application"
        title={application}
        data={all.map((value) => ({ value, label: shortApplication(value) }))}
        value={application}
        onChange={({ currentTarget }) => changeQuery({ application: currentTarget.value })}
        size="xs"
      />
    </Group>
  );
}
