import { Button, Code, Group, Loader, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { sendCallCommand } from '../format/commands.ts';
import { Link } from '../router/link.tsx';
import { useNow } from '../state/now.ts';
import { CodeBlock } from './code-block.tsx';
import { WarningIcon } from './icons.tsx';

/** Something could not be loaded: what, and how to go on. */
export function ErrorState({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  return (
    <Stack align="flex-start" gap="xs" p="md" role="alert">
      <Group gap="xs" c="var(--vg-bad)">
        <WarningIcon />
        <Text fw={600}>This could not be loaded</Text>
      </Group>
      <Text size="sm">{error.message}</Text>
      <Button variant="default" onClick={onRetry}>
        Try again
      </Button>
    </Stack>
  );
}

/** Something is loading. Its place is kept, so that nothing jumps. */
export function LoadingState({ height }: { readonly height: number | string }) {
  return (
    <div role="status" aria-label="Loading" style={{ height }}>
      <Skeleton height="100%" />
    </div>
  );
}

/** There is nothing in what was asked for. */
export function NothingState({
  children,
  height,
}: {
  readonly children: ReactNode;
  readonly height?: number | string;
}) {
  return (
    <Stack align="center" justify="center" gap={4} mih={height ?? 120} px="md">
      <Text size="sm" c="dimmed" ta="center">
        {children}
      </Text>
    </Stack>
  );
}

/** No call has ever come: how to send the first one. It goes by itself, when the server tells of the call. */
export function FirstCallState() {
  const nowMs = useNow();
  const command = sendCallCommand({ origin: globalThis.location.origin, key: 'YOUR-KEY', nowMs });
  return (
    <Paper component="section" withBorder className="panel notice first-call" aria-labelledby="first-call">
      <Title order={2} id="first-call">
        Send your first call
      </Title>
      <Text size="sm">
        No calls have come in yet for a number of yours. They come as documents over HTTP, from any platform.
      </Text>
      <ol>
        <li>
          <Text size="sm">Make an ingest key; it is shown once, with this command ready to run.</Text>
          <Button component={Link} href="/settings/keys" mt={6}>
            Make an ingest key
          </Button>
        </li>
        <li>
          <Text size="sm">
            Send a call with it, from a terminal: put the key in place of <Code>YOUR-KEY</Code>.
          </Text>
          <CodeBlock text={command} label="Command that sends a first call" />
        </li>
        <li>
          <Group gap="xs" role="status">
            <Loader size={14} aria-hidden="true" />
            <Text size="sm">Waiting for it: it appears here by itself.</Text>
          </Group>
        </li>
      </ol>
      <Text size="sm" c="dimmed">
        <a href="/docs/guides/sending-calls">Sending calls</a> describes the document, streams and imports. Whoever owns
        numbers already can share them with you, under Settings.
      </Text>
    </Paper>
  );
}
