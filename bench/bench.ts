/** What every measurement is given. */
export interface Bench {
  /** Fresh and empty; removed when the bench ends. */
  readonly folder: string;
  /** As in VOXGAUGE_STORE; SQLite in the folder by default. */
  readonly store?: string;
  /** Shorter, and less to be trusted. */
  readonly isQuick: boolean;
  /** Where the server writes a CPU profile of the measurement, or null. */
  readonly profileFolder: string | null;
  /** Undone in reverse order when the bench ends, in whatever way. */
  readonly cleanup: AsyncDisposableStack;
  /** Tells how far it is. */
  readonly say: (line: string) => void;
}

/** Flags of Node.js for the server. */
export const serverFlags = ({ profileFolder }: Bench): readonly string[] =>
  profileFolder === null ? [] : ['--cpu-prof', '--cpu-prof-dir', profileFolder];

/** What a measurement found, as Markdown. */
export interface Section {
  readonly text: string;
  /** Of the databases that took part, by name. */
  readonly versions: Readonly<Record<string, string>>;
}
