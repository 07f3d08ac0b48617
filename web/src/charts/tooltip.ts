export interface TooltipLine {
  readonly color: string | null;
  readonly name: string;
  readonly value: string;
  readonly isMuted?: boolean;
}

/** The box beside the pointer. It is made of elements: names come from callers' systems, and are no markup. */
export function tooltip(
  title: string,
  lines: readonly TooltipLine[],
  ...hints: readonly (string | null)[]
): HTMLElement {
  const box = element('div', 'tooltip');
  box.append(element('div', 'tooltip-title', title));
  for (const { color, name, value, isMuted = false } of lines) {
    const row = element('div', isMuted ? 'tooltip-row muted' : 'tooltip-row');
    const dot = element('span', 'tooltip-dot');
    if (color !== null) dot.style.background = color;
    row.append(dot, element('span', 'tooltip-name', name), element('span', 'tooltip-value', value));
    box.append(row);
  }
  for (const hint of hints.filter((each) => each !== null)) box.append(element('div', 'tooltip-hint', hint));
  return box;
}

function element(tag: 'div' | 'span', className: string, text = ''): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** Settings that all tooltips share; their looks are in the style sheet. */
export const tooltipFrame = {
  confine: true,
  transitionDuration: 0,
  padding: 0,
  borderWidth: 0,
  backgroundColor: 'transparent',
  extraCssText: 'box-shadow: none;',
} as const;
