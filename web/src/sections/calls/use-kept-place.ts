import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * Keeps the rows that are looked at where they are when others come in above them. Browsers do so by themselves, but not for what is
 * in a box that scrolls sideways.
 */
export function useKeptPlace(box: RefObject<HTMLElement | null>, count: number): void {
  const before = useRef<{ readonly row: Element; readonly count: number } | null>(null);
  useLayoutEffect(() => {
    const rows = box.current?.querySelectorAll('tbody > tr');
    const [first] = rows ?? [];
    const known = before.current;
    before.current = first === undefined ? null : { row: first, count };
    if (rows === undefined || first === undefined || known === null || !known.row.isConnected) return;
    const added = count - known.count;
    // In another order than that of time, rows come in anywhere.
    if (added <= 0 || rows[added] !== known.row) return;
    const { top } = first.getBoundingClientRect();
    if (top < 0) globalThis.scrollBy(0, known.row.getBoundingClientRect().top - top);
  }, [box, count]);
}
