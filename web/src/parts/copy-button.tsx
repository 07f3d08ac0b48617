import { ActionIcon, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { CheckIcon, CopyIcon } from './icons.tsx';

/** Copies a text to the clipboard, and says so. */
export function CopyButton({ text, label }: { readonly text: () => string; readonly label: string }) {
  const { copy, copied } = useClipboard();
  return (
    <Tooltip label={copied ? 'Copied' : label}>
      <ActionIcon onClick={() => copy(text())} aria-label={label}>
        {copied ? <CheckIcon size={16} /> : <CopyIcon size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}
