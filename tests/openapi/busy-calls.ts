/** Calls that leave something in every report, under names that a careless printer would get wrong. */

export const numbers = ['+16173990000', '+12127365000', '+442072193000', '301'] as const;
/** Owned by nobody. */
export const strangeNumber = '+13105550123';
export const applications = [
  'https://ivr.example/start.php',
  'Bank, north',
  'the "other" bank',
  'two\nlines',
  '<b>&amp;</b>',
  ' Menü 📞 \u0001',
  'item',
  'Menü',
] as const;
export const pages = ['main.php', 'menu.vxml', 'page,1', '/'] as const;
export const forms = ['menu', 'form "1"', '<form>'] as const;
export const items = ['selection', 'start', "it's", '7'] as const;
export const regions = ['US-MA', 'US-TOLLFREE', 'GB', 'US-NY'] as const;

const callers = ['+16175550123', '+18005550142', '+442079460000', '+12125550123', 'anonymous', null] as const;
const outcomes = ['filled', 'nomatch', 'noinput', 'transfer', 'disconnect'] as const;
const first = Temporal.Instant.from('2018-02-01T05:30:00Z');

const at = <T>(list: readonly T[], index: number) => list[index % list.length];

/** One every five hours, from 2018-02-01 on, in New York. */
export const busyCalls: readonly unknown[] = Array.from({ length: 60 }, (_, index) => {
  const started = first.add({ hours: 5 * index });
  const page = `https://ivr.example/${at(pages, index)}`;
  return {
    id: `busy-${index}`,
    phone: at(numbers, index),
    caller: at(callers, Math.floor(index / 2)),
    application: at(applications, index),
    started_at: started.toString(),
    ended_at: index % 7 === 0 ? null : started.add({ seconds: 10 * index }).toString(),
    end_reason: 'caller_hangup',
    events: [
      { type: 'page_load', at: 0, url: page, duration_ms: 37 * index, cached: index % 3 === 0 },
      ...[0, 1].map((step) => ({
        type: 'form_item',
        at: 100 + step,
        page,
        form: at(forms, index),
        item: at(items, index + step),
        outcome: at(outcomes, index + step),
      })),
      { type: 'js_error', at: 200, url: page },
      { type: 'fetch_error', at: 300, url: page },
      { type: 'log', at: 400, label: 'a' },
      ...(index % 4 === 0 ? [{ type: 'transfer', at: 500, duration_ms: 1000 }] : []),
    ],
  };
});
