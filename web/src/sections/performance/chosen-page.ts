import { useMemo } from 'react';
import { usePlace } from '../../router/location.ts';

/** A page that the reader has chosen to look at alone. */
export interface ChosenPage {
  readonly page: string;
  readonly application: string;
}

/** Parameters of reports and of the list of calls that narrow them to the page; none where no page is chosen. */
export type PageParameters = Readonly<Partial<Record<'page' | 'application', string>>>;

interface Choice {
  readonly chosen: ChosenPage | null;
  readonly parameters: PageParameters;
}

/** What the address says: `page` and `application`, which belong together. */
export function useChosenPage(): Choice {
  const { query } = usePlace();
  return useMemo(() => {
    const [page, application] = [query.get('page'), query.get('application')];
    if (page === null || application === null) return { chosen: null, parameters: {} };
    return { chosen: { page, application }, parameters: { page, application } };
  }, [query]);
}

/** An application as it is told from others at a glance: without what all addresses begin with. */
