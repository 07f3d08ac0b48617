import { PasswordInput } from '@mantine/core';

/** Characters of a password, at least. */
export const leastPassword = 8;

interface Props {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A password that is set: browsers offer one that nobody guesses. */
export function NewPasswordField({ label, name, value, onChange }: Props) {
  const isShort = value !== '' && value.length < leastPassword;
  return (
    <PasswordInput
      label={label}
      name={name}
      description={`At least ${leastPassword} characters.`}
      required
      withAsterisk={false}
      minLength={leastPassword}
      maxLength={4096}
      autoComplete="new-password"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      aria-invalid={isShort}
      error={isShort ? `${leastPassword - value.length} more` : null}
      visibilityToggleButtonProps={visibilityButton}
    />
  );
}

/** Reached by the keyboard, too. */
export const visibilityButton = { 'aria-label': 'Show or hide the password', tabIndex: 0 };
