import { Code } from '@mantine/core';
import { CopyButton } from './copy-button.tsx';

/** A command or the like, to be copied. `label` says what it is. */
export function CodeBlock({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <div className="code-block">
      <Code block tabIndex={0} role="region" aria-label={label}>
        {text}
      </Code>
      <CopyButton text={() => text} label={`Copy: ${label}`} />
    </div>
  );
}
