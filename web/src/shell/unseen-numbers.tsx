import { Button, Paper, Text, Title } from '@mantine/core';
import { useSession } from '../api/session.ts';
import { printPhone } from '../format/phones.ts';
import { changeQuery, usePlace } from '../router/location.ts';
import { unseenOf } from './number-choice.ts';

/** Numbers that the address names and the reader does not see, for example of a link from somebody who sees more. */
export function useUnseenNumbers(): readonly string[] {
  const { numbers } = useSession();
  return unseenOf(usePlace().query.getAll('number'), numbers);
}

/** Says so, and how to go on. */
export function UnseenNumbers({ unseen }: { readonly unseen: readonly string[] }) {
  const { query } = usePlace();
  const seen = query.getAll('number').filter((number) => !unseen.includes(number));
  return (
    <Paper component="section" withBorder className="panel notice" aria-labelledby="unseen-numbers">
      <Title order={2} id="unseen-numbers">
        {unseen.length === 1 ? 'A number that you do not see' : 'Numbers that you do not see'}
      </Title>
      <Text size="sm">
        The address asks for {unseen.map(printPhone).join(', ')}. Whoever owns {unseen.length === 1 ? 'it' : 'them'} can
        share {unseen.length === 1 ? 'it' : 'them'} with you, under Settings.
      </Text>
      <Button variant="default" onClick={() => changeQuery({ number: seen })}>
        {seen.length === 0 ? 'Show all numbers that you see' : `Show ${seen.map(printPhone).join(', ')} alone`}
      </Button>
    </Paper>
  );
}
