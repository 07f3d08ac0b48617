/**
 * Colours of series, told apart by colour-blind readers too (after Okabe and Ito, "Color Universal Design", 2008), and of the frame of
 * graphs. Lines also differ by their dashes where two of them would be compared.
 */
export interface Palette {
  readonly series: readonly string[];
  /** The period before. */
  readonly previous: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly surface: string;
  /** From little to much, for maps. */
  readonly scale: readonly string[];
  readonly bad: string;
  readonly good: string;
}

const light: Palette = {
  series: ['#2f69d9', '#d9730d', '#0f8f76', '#a64ca6', '#8a6d1f', '#5b6b80', '#c4314b'],
  previous: '#8a94a6',
  text: '#1d2433',
  muted: '#586274',
  line: '#e3e7ee',
  surface: '#ffffff',
  scale: ['#eef4ff', '#b4caf8', '#6993f0', '#2f69d9', '#1c4a9f'],
  bad: '#c4314b',
  good: '#0f8f76',
};

const dark: Palette = {
  series: ['#6d9bf5', '#f0a04b', '#3fc1a5', '#d58ad5', '#cdae55', '#9aa8bc', '#f0788d'],
  previous: '#7d8798',
  text: '#e6eaf1',
  muted: '#a3adbd',
  line: '#2a3242',
  surface: '#171d28',
  scale: ['#1b2740', '#27447f', '#3464bd', '#6d9bf5', '#b4caf8'],
  bad: '#f0788d',
  good: '#3fc1a5',
};

export const paletteOf = (scheme: 'light' | 'dark'): Palette => (scheme === 'dark' ? dark : light);
