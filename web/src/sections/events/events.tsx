import { type FigureName, type Question, useReport } from '../../api/report.ts';
import { figureTexts } from '../../format/figures.ts';
import { ChartPanel } from '../../parts/chart-panel.tsx';
import { usePlace } from '../../router/location.ts';
import { useFilters } from '../../state/filters.ts';
import './events.css';
import { ItemsPanel } from './items-panel.tsx';
import { OutcomeTiles } from './outcome-tiles.tsx';
import { outcomeFigures, troubleShares, visitFigures } from './outcomes.ts';
import { parametersOf, readSelection, type Selection } from './selection.ts';
import { SelectionBar } from './selection-bar.tsx';
import { WorstPanel } from './worst-panel.tsx';

const everyItem: Question = { metrics: ['visits'], by: 'form_item', compares: false, limit: 1000 };

/** Where callers are asked, and what becomes of it. Application, page, form and item stand in the address. */
export function Events() {
  const { query } = usePlace();
  const selection = readSelection(query);
  const items = useReport(everyItem, { isCalm: true });
  return (
    <>
      <SelectionBar selection={selection} rows={items.data?.rows ?? []} />
      <OutcomeTiles selection={selection} />
      <div className="panels">
        <OutcomePanels selection={selection} />
        <WorstPanel selection={selection} />
        <div className="wide">
          <ItemsPanel selection={selection} />
        </div>
        <EventPanels application={selection.application} />
      </div>
    </>
  );
}

const byDay = 'Visits of form items are kept by day, not by hour.';

function OutcomePanels({ selection }: { readonly selection: Selection }) {
  const isByHour = useFilters().period === 'hour';
  const period = isByHour ? 'day' : 'page';
  const calls = parametersOf(selection);
  return (
    <>
      <div className="wide">
        <ChartPanel
          title="How visits end"
          hint={`Visits of form items by what became of them.${isByHour ? ` ${byDay}` : ''}`}
          question={{ metrics: outcomeFigures, period, compares: false, ...selection }}
          kind="stacked"
          height={260}
          calls={calls}
        />
      </div>
      <ChartPanel
        title="What goes wrong"
        hint={`Share of visits that ended so.${isByHour ? ` ${byDay}` : ''}`}
        question={{ metrics: visitFigures, period, ...selection }}
        draw={troubleShares}
        height={260}
        calls={calls}
      />
    </>
  );
}

const eventPanels = [
  { title: 'Calls', figure: 'calls', kind: 'bar' },
  { title: 'Form items visited', figure: 'form_items', kind: 'bar' },
  { title: 'Form items per call', figure: 'average_form_items', kind: 'line' },
  { title: 'Loops', figure: 'loops', kind: 'bar' },
  { title: 'Loops per call', figure: 'loops_per_call', kind: 'line' },
  { title: 'Log events', figure: 'log_events', kind: 'bar' },
] as const satisfies readonly { title: string; figure: FigureName; kind: 'bar' | 'line' }[];

/** The events of calls as a whole, which are kept by application at the finest; and of one application not by hour. */
function EventPanels({ application }: { readonly application: string | null }) {
  const { period } = useFilters();
  const isByDay = period === 'hour' && application !== null;
  return eventPanels.map(({ title, figure, kind }) => (
    <div className="third" key={figure}>
      <ChartPanel
        title={title}
        hint={`${figureTexts[figure].hint}${isByDay ? ' Of one application it is kept by day, not by hour.' : ''}`}
        question={{ metrics: [figure], application, period: isByDay ? 'day' : 'page' }}
        kind={kind}
        height={180}
        calls={application === null ? {} : { application }}
      />
    </div>
  ));
}
