import { Alert, Text } from '@mantine/core';
import { type RefObject, useEffect, useRef } from 'react';

interface OutcomeProps {
  /** null while there is nothing to say. */
  readonly done: string | null;
  /** Tells one change from the next where both say the same. */
  readonly at?: number;
}

/** What a change has come to. */
export function Outcome({ done, at }: OutcomeProps) {
  const line = useRef<HTMLParagraphElement>(null);
  useFocusWhenLost(line, done === null ? null : `${done} ${at}`);
  return (
    <Text size="sm" component="p" role="status" className="outcome" tabIndex={-1} ref={line}>
      {done}
    </Text>
  );
}

/** What the server has refused, in its own words. */
export function Refusal({ error }: { readonly error: Error | null }) {
  const note = useRef<HTMLDivElement>(null);
  useFocusWhenLost(note, error);
  if (error === null) return null;
  return (
    <Alert variant="default" role="alert" p="xs" className="note bad" tabIndex={-1} ref={note}>
      {error.message}
    </Alert>
  );
}

/**
 * Takes the focus where it has gone with a button that is no longer there, or was not to be pressed meanwhile: nobody has to start at the
 * top of the page again.
 */
function useFocusWhenLost(element: RefObject<HTMLElement | null>, reason: unknown): void {
  useEffect(() => {
    if (reason === null) return;
    // Dialogs give the focus back a moment after they have closed.
    const timer = setTimeout(() => document.activeElement === document.body && element.current?.focus(), 60);
    return () => clearTimeout(timer);
  }, [element, reason]);
}
