import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Refusal } from './outcome.tsx';

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Closes by its own button alone: for what is shown once. */
  readonly staysOpen?: boolean;
  readonly size?: number;
  readonly children: ReactNode;
}

export function Dialog({ title, isOpen, onClose, staysOpen = false, size = 480, children }: DialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      size={size}
      transitionProps={{ duration: 0 }}
      closeOnClickOutside={!staysOpen}
      closeOnEscape={!staysOpen}
      withCloseButton={!staysOpen}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {children}
    </Modal>
  );
}

interface ConfirmationProps {
  readonly children: ReactNode;
  /** What the button does, as a verb. */
  readonly action: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  readonly isBusy: boolean;
  readonly error: Error | null;
  /** Red, for what cannot be taken back. */
  readonly isFinal?: boolean;
  /** Not to be confirmed yet. */
  readonly isDisabled?: boolean;
}

/** What happens, and the choice to do it or not. */
export function Confirmation(props: ConfirmationProps) {
  const { children, action, onConfirm, onCancel, isBusy, error, isFinal = false, isDisabled = false } = props;
  return (
    <Stack gap="sm">
      {children}
      <Refusal error={error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onCancel} data-autofocus>
          Cancel
        </Button>
        <Button color={isFinal ? 'red.8' : 'blue'} onClick={onConfirm} loading={isBusy} disabled={isDisabled}>
          {action}
        </Button>
      </Group>
    </Stack>
  );
}

interface ConfirmProps extends Omit<ConfirmationProps, 'onCancel'> {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Asks before it is done. */
export function ConfirmDialog({ title, isOpen, onClose, ...confirmation }: ConfirmProps) {
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose}>
      <Confirmation {...confirmation} onCancel={onClose} />
    </Dialog>
  );
}
