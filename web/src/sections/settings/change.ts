import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { isSignedOut } from '../../api/client.ts';

interface Change<Sent, Answer> {
  readonly send: (sent: Sent) => Promise<Answer>;
  /** First parts of the keys of queries that see what has changed. */
  readonly touches: readonly string[];
}

/** Sends a change; it is done when what it touches has been read again. */
export function useChange<Sent, Answer>({
  send,
  touches,
}: Change<Sent, Answer>): UseMutationResult<Answer, Error, Sent> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => Promise.all(touches.map((name) => queries.invalidateQueries({ queryKey: [name] }))),
    onError: (error) => {
      // Whether the session has ended, the session's own query tells.
      if (isSignedOut(error)) queries.invalidateQueries({ queryKey: ['session'] });
    },
  });
}
