/** How a call ended, in words, by the name that it has in documents and reports. */
export const outcomeTexts: Readonly<Record<string, string>> = {
  caller_hangup: 'Caller hung up',
  application_hangup: 'Completed',
  transfer: 'Transferred',
  error: 'Ended by an error',
  timeout: 'Timed out',
  unknown: 'Unknown end',
  in_progress: 'In progress',
};

/** How a visit of a form item ended, in words. */
export const visitTexts: Readonly<Record<string, string>> = {
  filled: 'answered',
  nomatch: 'not understood',
  noinput: 'no answer',
  transfer: 'transferred',
  disconnect: 'hung up',
};
