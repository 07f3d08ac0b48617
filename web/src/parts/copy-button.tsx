import { ActionIcon, Tooltip } from '@mantine/core';
import { CheckIcon, CopyIcon } from './icons.tsx';
import { copyTexts, useCopy } from './use-copy.ts';

/** Copies a text to the clipboard, and says so. */
export function CopyButton({ text, label }: { readonly text: () => string; readonly label: string }) {
  const [state, copy] = useCopy();
  return (
    <Tooltip label={copyTexts[state] ?? label}>
      <ActionIcon onClick={() => copy(text())} aria-label={label}>
        {state === 'copied' ? <CheckIcon size={16} /> : <CopyIcon size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}
