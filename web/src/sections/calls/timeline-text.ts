import { wordsOf } from './event-words.ts';
import { outcomeTexts } from './outcome-texts.ts';
import { printOffset, type Timeline } from './timeline.ts';

/** The timeline for the clipboard: time, length in seconds, kind, what and how, with tabs between them. */
export function timelineText({ rows }: Timeline, outcome: string): string {
  const lines = rows.map(({ id, at, duration, event }) => {
    if (event === null)
      return [printOffset(at), '', id === 'start' ? 'Call started' : (outcomeTexts[outcome] ?? outcome)];
    const { kind, title, details } = wordsOf(event);
    return [printOffset(at), duration === null ? '' : `${duration}`, kind, title, details.join(' · ')];
  });
  return lines.map((cells) => cells.map((cell) => cell.replaceAll(/[\t\r\n]+/g, ' ')).join('\t')).join('\n');
}
