import { useEffect, useState } from 'react';
import { announce } from './announcer.tsx';

export type CopyState = 'idle' | 'copied' | 'failed';

/** What has come of it; null where nothing was copied yet. */
export const copyTexts: Readonly<Record<CopyState, string | null>> = {
  idle: null,
  copied: 'Copied',
  failed: 'Not copied: the browser refuses it',
};

/** How long it is said. */
const saidMs = 2000;

/** Copies texts to the clipboard, and tells for a moment how that went. */
export function useCopy(): readonly [CopyState, (text: string) => void] {
  const [state, setState] = useState<{ readonly now: CopyState; readonly atMs: number }>({ now: 'idle', atMs: 0 });
  useEffect(() => {
    if (state.now === 'idle') return;
    const timer = setTimeout(() => setState({ now: 'idle', atMs: 0 }), saidMs);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async (text: string) => {
    const isCopied = await write(text).catch(() => writeBySelection(text));
    const now = isCopied ? 'copied' : 'failed';
    announce(copyTexts[now] ?? '');
    setState({ now, atMs: performance.now() });
  };
  return [state.now, copy];
}

/** Browsers offer the clipboard to pages that came by https, or from the machine itself. */
async function write(text: string): Promise<boolean> {
  await navigator.clipboard.writeText(text);
  return true;
}

/** The way for all other pages: what is selected is copied. */
function writeBySelection(text: string): boolean {
  const { activeElement } = document;
  const field = document.createElement('textarea');
  field.className = 'for-screen-readers';
  field.readOnly = true;
  field.value = text;
  // Where the focus is: a dialog takes it back from elsewhere.
  (activeElement?.parentElement ?? document.body).append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  if (activeElement instanceof HTMLElement) activeElement.focus();
  return isCopied;
}
