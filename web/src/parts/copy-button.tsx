import { ActionIcon, Tooltip, VisuallyHidden } from '@mantine/core';
import { CheckIcon, CopyIcon } from './icons.tsx';
import { type CopyState, useCopy } from './use-copy.ts';

/** Copies a text to the clipboard, and says so. */
export function CopyButton({ text, label }: { readonly text: () => string; readonly label: string }) {
  const [state, copy] = useCopy();
  return (
    <>
      <Tooltip label={copyTexts[state] ?? label}>
        <ActionIcon onClick={() => copy(text())} aria-label={label}>
          {state === 'copied' ? <CheckIcon size={16} /> : <CopyIcon size={16} />}
        </ActionIcon>
      </Tooltip>
      <VisuallyHidden role="status">{copyTexts[state]}</VisuallyHidden>
    </>
  );
}

/** What has come of it; null where nothing was copied yet. */
export const copyTexts: Readonly<Record<CopyState, string | null>> = {
  idle: null,
  copied: 'Copied',
  failed: 'Not copied: the browser refuses it',
};
