import { Button, Tooltip } from '@mantine/core';
import { useMemo } from 'react';
import { BackIcon, ChevronIcon } from '../../parts/icons.tsx';
import { Link } from '../../router/link.tsx';
import { usePlace } from '../../router/location.ts';
import { useAddress } from '../../state/filters.ts';
import { callParameters, readListSearch } from './search.ts';
import { useCallList } from './use-call-list.ts';

/** The way back to the list that the call was found in, and to its neighbours there, where that list was loaded. */
export function CallNavigation({ id }: { readonly id: string }) {
  const { query } = usePlace();
  const search = useMemo(() => readListSearch(query), [query]);
  const { calls } = useCallList(search, { isEnabled: false });
  const address = useAddress();
  const place = calls.findIndex((call) => call.id === id);
  const neighbour = (step: 1 | -1) => (place === -1 ? undefined : calls[place + step]?.id);
  return (
    <nav aria-label="Calls of the list">
      <Button component={Link} href={address('/calls', search)} variant="subtle">
        Back to the list
      </Button>
      {place !== -1 && (
        <>
          <Step id={neighbour(-1)} label="Newer call" search={search} />
          <Step id={neighbour(1)} label="Older call" search={search} />
        </>
      )}
    </nav>
  );
}

interface StepProps {
  readonly id: string | undefined;
  readonly label: 'Newer call' | 'Older call';
  readonly search: ReturnType<typeof readListSearch>;
}

function Step({ id, label, search }: StepProps) {
  const address = useAddress();
  const mark = label === 'Newer call' ? <BackIcon size={14} /> : <ChevronIcon size={14} />;
  const side = label === 'Newer call' ? { leftSection: mark } : { rightSection: mark };
  if (id === undefined) {
    return (
      <Button variant="default" disabled {...side}>
        {label}
      </Button>
    );
  }
  return (
    <Tooltip label={id}>
      <Button component={Link} href={address('/call', callParameters(id, search))} variant="default" {...side}>
        {label}
      </Button>
    </Tooltip>
  );
}
