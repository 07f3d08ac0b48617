import { BreakdownPanel } from '../../parts/breakdown-panel.tsx';
import { ChartPanel } from '../../parts/chart-panel.tsx';

/** How many calls came, how long they were, and how many were transferred. */
export function Volume() {
  return (
    <div className="panels">
      <ChartPanel title="Calls" question={{ metrics: ['calls'] }} kind="bar" />
      <ChartPanel title="Call minutes" question={{ metrics: ['call_minutes'] }} />
      <ChartPanel title="Average call length" question={{ metrics: ['average_call_length'] }} />
      <ChartPanel title="Transfers" question={{ metrics: ['transfers'] }} kind="bar" calls={{ outcome: 'transfer' }} />
      <ChartPanel title="Transfer rate" question={{ metrics: ['transfer_rate'] }} calls={{ outcome: 'transfer' }} />
      <ChartPanel
        title="Transfer minutes"
        question={{ metrics: ['transfer_minutes'] }}
        calls={{ outcome: 'transfer' }}
      />
      <BreakdownPanel
        title="By number"
        by="number"
        metrics={['calls', 'call_minutes', 'average_call_length', 'transfers', 'transfer_rate']}
      />
      <BreakdownPanel
        title="By application"
        by="application"
        metrics={['calls', 'call_minutes', 'average_call_length', 'transfers', 'transfer_rate']}
      />
    </div>
  );
}
