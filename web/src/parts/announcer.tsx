import { VisuallyHidden } from '@mantine/core';
import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let said = '';

/** Says a sentence to screen readers, for what others see happen. The same sentence again is said again. */
export function announce(sentence: string): void {
  // A space more makes it another text, and is not read.
  said = said === sentence ? `${sentence}\u{a0}` : sentence;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where sentences are said; the frame has the only one. */
export function Announcer() {
  const sentence = useSyncExternalStore(subscribe, () => said);
  return (
    <VisuallyHidden role="status" aria-label="What has happened">
      {sentence}
    </VisuallyHidden>
  );
}
