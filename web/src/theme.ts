import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Shades of the one colour that marks what can be acted on and the main series of a graph. */
const blue: MantineColorsTuple = [
  '#eef4ff',
  '#dbe6fd',
  '#b4caf8',
  '#8badf4',
  '#6993f0',
  '#4f80ec',
  '#2f69d9',
  '#2359bf',
  '#1c4a9f',
  '#153a80',
];

/** Cool greys; dark mode is made of the last ones. */
const dark: MantineColorsTuple = [
  '#d6dbe4',
  '#b3bbc9',
  '#98a2b3',
  '#667085',
  '#3d4657',
  '#2a3242',
  '#1f2633',
  '#171d28',
  '#11161f',
  '#0b0f16',
];

/** The type scale, spacing and colours of the dashboard, chosen once. */
export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: 6,
  colors: { blue, dark },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
  defaultRadius: 'sm',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.3' },
      h2: { fontSize: '0.9375rem', lineHeight: '1.35' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Select: { defaultProps: { size: 'xs' } },
    MultiSelect: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Table: { defaultProps: { verticalSpacing: 5, horizontalSpacing: 'sm' } },
  },
});
