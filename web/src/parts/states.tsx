import { Button, Code, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from '../router/link.tsx';
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

const example = (origin: string) => `curl ${origin}/ingest/v1/calls \\
  -H 'Authorization: Bearer YOUR-KEY' \\
  -H 'Content-Type: application/json' \\
  -d '{
    "id": "first-call", "phone": "6173990000", "caller": "8005550142",
    "application": "https://ivr.example/start.php",
    "started_at": "${new Date().toISOString()}",
    "events": [{"type": "page_load", "at": 0, "url": "https://ivr.example/main.php", "duration_ms": 45}]
  }'`;

/** No call has ever come: how to send the first one. */
export function FirstCallState() {
  return (
    <Stack gap="sm" maw={720} p="md">
      <Title order={2}>No calls yet</Title>
      <Text size="sm">
        Calls come in as documents over HTTP, from any platform. Make an <Link href="/settings/keys">ingest key</Link>,
        put it in place of <Code>YOUR-KEY</Code>, and send the first one:
      </Text>
      <Code block>{example(globalThis.location.origin)}</Code>
      <Text size="sm">
        It appears here by itself. <a href="/docs/guides/sending-calls">Sending calls</a> describes the document,
        streams and imports.
      </Text>
    </Stack>
  );
}
