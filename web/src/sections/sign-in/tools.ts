/** Where logins come from; the server knows no others. */
export const tools = ['dev', 'insight', 'fuseplus'] as const;

const storedUnder = 'voxgauge-tool';

/** The tool of whoever has signed in here before: browsers fill in login and password, but not this. */
export function lastTool(): string {
  const stored = fromStorage(() => localStorage.getItem(storedUnder));
  return tools.find((tool) => tool === stored) ?? tools[0];
}

export function rememberTool(tool: string): void {
  fromStorage(() => localStorage.setItem(storedUnder, tool));
}

/** null where the reader's browser keeps nothing, which it may. */
function fromStorage<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
