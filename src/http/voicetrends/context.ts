import type { DataContext } from '../data-request.ts';
import type { LogInContext } from '../log-in.ts';

/** What the compatible API works with. */
export interface VoiceTrendsContext extends DataContext, LogInContext {}
