import { useSession } from '../../api/session.ts';
import { printAgo, printInstant } from '../../format/times.ts';
import { useNow } from '../../state/now.ts';

/** How long ago something was; the instant itself shows on hover. */
export function Ago({ instant, never = 'never' }: { readonly instant: string | null; readonly never?: string }) {
  const minuteMs = useNow();
  const { account } = useSession();
  if (instant === null) return <span className="muted">{never}</span>;
  return (
    <time dateTime={instant} title={printInstant(instant, account.time_zone)}>
      {printPast(instant, minuteMs)}
    </time>
  );
}

/** The clock of the page stands still within a minute, so what has just happened seems to come. */
function printPast(instant: string, minuteMs: number): string {
  const isWithinAMinute = new Date(instant).getTime() > minuteMs - 60_000;
  return isWithinAMinute ? 'just now' : printAgo(instant, minuteMs);
}
