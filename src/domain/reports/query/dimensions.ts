/** By what a report can be broken down: the key columns of rollups that tell its groups apart. */
export const dimensions = {
  number: ['phone'],
  application: ['application'],
  page: ['application', 'page'],
  form_item: ['application', 'page', 'form', 'item'],
  link: ['application', 'from_page', 'from_form', 'from_item', 'to_page', 'to_form', 'to_item'],
  region: ['region'],
  /** Made from the hour, which is no column to keep apart by in the end. */
  hour_of_week: [],
} as const satisfies Record<string, readonly string[]>;

export type Dimension = keyof typeof dimensions;

export const dimensionNames = [
  'number',
  'application',
  'page',
  'form_item',
  'link',
  'region',
  'hour_of_week',
] as const satisfies readonly Dimension[];

/** Columns by which a report can be filtered, besides numbers. */
export const filterColumns = ['application', 'page', 'form', 'item', 'region'] as const;

export const columnsOf = (by: Dimension | null): readonly string[] => (by === null ? [] : dimensions[by]);
