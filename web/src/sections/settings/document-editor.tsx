import { Button, Group, Text, Textarea } from '@mantine/core';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { layOut } from './json-layout.ts';
import { lineOf, spanOf } from './json-pointer.ts';

interface Props {
  /** As it was sent; null where it is not text. */
  readonly document: string | null;
  /** JSON pointer to what is wrong with it. */
  readonly path: string;
  /** What is being sent just now. */
  readonly busy: 'sent' | 'corrected' | null;
  /** null sends what is kept, byte for byte. */
  readonly onSend: (corrected: string | null) => void;
  readonly drop: ReactNode;
}

/** A document to be corrected, and the ways to go on with it. */
export function DocumentEditor({ document, path, busy, onSend, drop }: Props) {
  const shown = useMemo(() => layOut(document ?? ''), [document]);
  const [text, setText] = useState(shown);
  const area = useRef<HTMLTextAreaElement>(null);
  const isChanged = text !== shown;
  return (
    <>
      {document === null ? (
        <Text size="sm">It is not text in UTF-8, so it cannot be shown or corrected here.</Text>
      ) : (
        <Textarea
          label={shown === document ? 'Document, as it was sent' : 'Document, laid out for reading'}
          description={<PlaceButton area={area} text={text} path={path} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          ref={area}
          rows={20}
          resize="vertical"
          spellCheck={false}
          autoComplete="off"
          wrap="off"
          classNames={{ input: 'document-text' }}
        />
      )}
      <Group gap="xs">
        {document !== null && (
          <Button onClick={() => onSend(text)} loading={busy === 'corrected'} disabled={!isChanged || busy !== null}>
            Send corrected
          </Button>
        )}
        <Button variant="default" onClick={() => onSend(null)} loading={busy === 'sent'} disabled={busy !== null}>
          Try again as sent
        </Button>
        {isChanged && (
          <Button variant="subtle" onClick={() => setText(shown)}>
            Undo my changes
          </Button>
        )}
        <div className="at-the-end">{drop}</div>
      </Group>
    </>
  );
}

interface PlaceProps {
  readonly area: { readonly current: HTMLTextAreaElement | null };
  readonly text: string;
  readonly path: string;
}

/** Leads to the field that is wrong. */
function PlaceButton({ area, text, path }: PlaceProps) {
  const span = useMemo(() => (path === '' ? null : spanOf(text, path)), [text, path]);
  if (span === null) return null;
  const line = lineOf(text, span.start);
  const go = () => {
    const field = area.current;
    if (field === null) return;
    field.focus();
    field.setSelectionRange(span.start, span.end);
    // The browser does not scroll to a selection by itself.
    field.scrollTop = (field.scrollHeight / text.split('\n').length) * Math.max(0, line - 4);
  };
  return (
    <Button variant="subtle" size="compact-xs" onClick={go}>
      Go to {path}, line {line}
    </Button>
  );
}
