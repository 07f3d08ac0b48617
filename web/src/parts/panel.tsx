import { ActionIcon, Group, Modal, Paper, Text, Title, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useId, useState } from 'react';
import { CopyButton } from './copy-button.tsx';
import { ChartIcon, DownloadIcon, EnlargeIcon, TableIcon } from './icons.tsx';

export interface PanelProps {
  readonly title: string;
  /** What it shows, in a sentence. */
  readonly hint?: string;
  /** The graph, or whatever is in the panel; `isLarge` when it has the whole window. */
  readonly children: (shape: { readonly isLarge: boolean }) => ReactNode;
  /** The same figures as a table; shown below the graph when it is enlarged, or in its place when asked for. */
  readonly table?: ((shape: { readonly isLarge: boolean }) => ReactNode) | undefined;
  /** The table as text for the clipboard. */
  readonly copyText?: (() => string) | undefined;
  /** Address of the figures as CSV. */
  readonly csv?: string | undefined;
  /** Controls that belong to this panel alone. */
  readonly controls?: ReactNode;
  /** A line below the title that is always seen, for example a sum. */
  readonly summary?: ReactNode;
  /** Whether what is shown is of an earlier question, while the answer to the one of now is on its way. */
  readonly isStale?: boolean;
}

/** A graph or table with its frame: enlarge, see the figures, copy them, download them. */
export function Panel(props: PanelProps) {
  const { title, hint, children, table, controls, summary, isStale = false } = props;
  const [isLarge, { open, close }] = useDisclosure(false);
  const [showsTable, setShowsTable] = useState(false);
  const titleId = useId();
  return (
    <Paper component="section" withBorder className="panel" aria-labelledby={titleId}>
      <Group justify="space-between" align="flex-start" gap="xs" wrap="nowrap" className="panel-head">
        <div>
          <Title order={2} id={titleId}>
            {title}
          </Title>
          {hint !== undefined && (
            <Text size="xs" c="dimmed">
              {hint}
            </Text>
          )}
        </div>
        <Group gap={2} wrap="nowrap">
          {controls}
          {table !== undefined && (
            <Tooltip label={showsTable ? 'Show the graph' : 'Show the figures'}>
              <ActionIcon
                onClick={() => setShowsTable(!showsTable)}
                aria-pressed={showsTable}
                aria-label={`Figures of ${title} as a table`}
              >
                {showsTable ? <ChartIcon size={16} /> : <TableIcon size={16} />}
              </ActionIcon>
            </Tooltip>
          )}
          <PanelExports {...props} />
          <Tooltip label="Enlarge">
            <ActionIcon onClick={open} aria-label={`Enlarge ${title}`}>
              <EnlargeIcon size={16} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      {summary}
      <div className={isStale ? 'panel-body stale' : 'panel-body'} aria-busy={isStale}>
        {showsTable && table !== undefined ? table({ isLarge: false }) : children({ isLarge: false })}
      </div>
      <Modal
        opened={isLarge}
        onClose={close}
        fullScreen
        title={title}
        transitionProps={{ duration: 0 }}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {hint}
          </Text>
          <Group gap={2}>
            {controls}
            <PanelExports {...props} />
          </Group>
        </Group>
        {isLarge && children({ isLarge: true })}
        {isLarge && table?.({ isLarge: true })}
      </Modal>
    </Paper>
  );
}

/** Where the address does not say how the file is called. */
const fileNameOf = (title: string): string => `${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.csv`;

function PanelExports({ title, copyText, csv }: PanelProps) {
  return (
    <>
      {copyText !== undefined && <CopyButton text={copyText} label={`Copy the figures of ${title}`} />}
      {csv !== undefined && (
        <Tooltip label="Download CSV">
          <ActionIcon component="a" href={csv} download={fileNameOf(title)} aria-label={`Download ${title} as CSV`}>
            <DownloadIcon size={16} />
          </ActionIcon>
        </Tooltip>
      )}
    </>
  );
}
