import type { Query } from './call-model.ts';
import { applications, callers, forms, items, pages, phones } from './random-calls.ts';

const names = [...new Set(pages.values())];
/** What can be asked of the list of calls, one thing at a time, and a few together. */
export const questions: readonly Query[] = [
  {},
  { from: '2018-02-03T05:30:00Z' },
  { until: '2018-02-03T05:30:00Z' },
  { from: '2018-02-02T10:00:00Z', until: '2018-02-05T10:00:00Z' },
  { number: phones[1] ?? '' },
  { id: 'a-' },
  { id: 'ä-1' },
  { id: 'z' },
  ...[...callers.keys()].flatMap((caller) => (caller === null ? [] : [{ caller }])),
  { caller: '0142' },
  { caller: '5550142' },
  ...applications.map((application) => ({ application })),
  ...['caller_hangup', 'transfer', 'timeout', 'in_progress'].map((outcome) => ({ outcome })),
  ...['any', 'js', 'fetch'].flatMap((error) => [{ error }, ...names.map((page) => ({ error, page }))]),
  ...names.map((page) => ({ page })),
  ...forms.map((form) => ({ form })),
  ...items.map((item) => ({ item })),
  ...['filled', 'disconnect'].map((outcome) => ({ item_outcome: outcome })),
  { item: 'selection', item_outcome: 'nomatch' },
  { page: 'main.php', form: 'menu', item: 'start', item_outcome: 'noinput' },
  ...['US-MA', 'US-NY', 'US-TOLLFREE', 'GB', 'FR'].map((region) => ({ region })),
  { slower_than: '2' },
  { slower_than: '1.9995', page: 'pay.php' },
  { slower_than: '5' },
  { item: 'start', to_item: 'caller_hangup' },
  { item: 'start', to_page: 'main.php', to_form: 'menu', to_item: 'start' },
  { page: 'main.php', form: 'menu', item: 'start', to_item: 'timeout' },
  { page: 'main.php', form: 'menu', item: 'start', to_page: '/', to_form: 'start', to_item: 'timeout' },
  { to_page: 'pay.php' },
  { item: 'start', to_item: 'transfer', item_outcome: 'filled', region: 'GB' },
];
