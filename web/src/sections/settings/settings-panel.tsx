import { Group, Paper, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface Props {
  readonly title: string;
  /** What it is about, in a sentence or two. */
  readonly hint?: ReactNode;
  /** What makes something new, beside the title. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a settings page in its frame. */
export function SettingsPanel({ title, hint, action, children }: Props) {
  const titleId = useId();
  return (
    <Paper component="section" withBorder className="panel settings-panel" aria-labelledby={titleId}>
      <Group justify="space-between" align="flex-start" gap="xs" className="settings-panel-head">
        <div className="settings-panel-words">
          <Title order={2} id={titleId}>
            {title}
          </Title>
          {hint !== undefined && (
            <Text size="sm" c="dimmed" component="p">
              {hint}
            </Text>
          )}
        </div>
        {action}
      </Group>
      {children}
    </Paper>
  );
}
