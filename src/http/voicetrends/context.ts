import type { DataContext } from '../data-request.ts';

/** What the compatible API works with. */
export interface VoiceTrendsContext extends DataContext {
  readonly authAttemptsPerWindow: number;
  readonly authFailuresPerAddress: number;
}
