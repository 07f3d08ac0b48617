import { Alert, Button, Checkbox, Group, Stack, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { MadeSecret } from '../../../../src/wire/dashboard/settings.ts';
import { ask } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { CodeBlock } from '../../parts/code-block.tsx';
import { useNow } from '../../state/now.ts';
import { useChange } from './change.ts';
import { Dialog } from './dialog.tsx';
import { Refusal } from './outcome.tsx';
import type { SecretKind } from './secret-kinds.ts';

/** Makes a key or token, and shows it once. */
export function NewSecret({ kind }: { readonly kind: SecretKind }) {
  const [isOpen, setIsOpen] = useState(false);
  const [made, setMade] = useState<MadeSecret | null>(null);
  const open = () => {
    setMade(null);
    setIsOpen(true);
  };
  const close = () => setIsOpen(false);
  return (
    <>
      <Button onClick={open}>Make an {kind.noun}</Button>
      <Dialog
        title={made === null ? `New ${kind.noun}` : `Your new ${kind.noun}`}
        isOpen={isOpen}
        onClose={close}
        staysOpen={made !== null}
        size={640}
      >
        {made === null ? (
          <SecretForm kind={kind} onMade={setMade} onCancel={close} />
        ) : (
          <ShownOnce kind={kind} secret={made.secret} onDone={close} />
        )}
      </Dialog>
    </>
  );
}

interface FormProps {
  readonly kind: SecretKind;
  readonly onMade: (made: MadeSecret) => void;
  readonly onCancel: () => void;
}

function SecretForm({ kind, onMade, onCancel }: FormProps) {
  const make = useChange({
    send: (body: { readonly label: string; readonly is_strict?: boolean }) =>
      ask<MadeSecret>(`/dashboard/${kind.name}`, { method: 'POST', body }),
    touches: [kind.name],
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const label = `${fields.get('label') ?? ''}`.trim();
    const strict = kind.name === 'keys' ? { is_strict: fields.has('is_strict') } : {};
    make.mutate({ label, ...strict }, { onSuccess: onMade });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          name="label"
          label="Label"
          description={kind.labelHint}
          maxLength={80}
          required
          withAsterisk={false}
          autoComplete="off"
          data-autofocus
        />
        {kind.name === 'keys' && (
          <Checkbox
            name="is_strict"
            label="Strict"
            description="Calls of numbers that the account does not have are refused, rather than adding the number."
          />
        )}
        <Refusal error={make.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={make.isPending}>
            Make it
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ShownProps {
  readonly kind: SecretKind;
  readonly secret: string;
  readonly onDone: () => void;
}

function ShownOnce({ kind, secret, onDone }: ShownProps) {
  const { account } = useSession();
  const nowMs = useNow();
  const { origin } = globalThis.location;
  return (
    <Stack gap="sm">
      <Alert variant="default" p="xs" role="status" className="note warning">
        It is shown now, and never again: the server keeps only a hash of it. Copy it to where it is needed.
      </Alert>
      <CodeBlock text={secret} label={`The ${kind.noun}`} />
      <Title order={3}>{kind.exampleTitle}</Title>
      <CodeBlock
        text={kind.example({ secret, origin, nowMs, timeZone: account.time_zone })}
        label={`${kind.exampleTitle}: a command with the ${kind.noun}`}
      />
      <Group justify="flex-end">
        <Button onClick={onDone} autoFocus>
          I have copied it
        </Button>
      </Group>
    </Stack>
  );
}
