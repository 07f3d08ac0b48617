import type { ComponentType } from 'react';
import { CheckIcon, icon, WarningIcon } from '../../parts/icons.tsx';
import { outcomeTexts } from './outcome-texts.ts';

const HangUpIcon = icon(
  <path d="M3 14.5c0-2 4-4.5 9-4.5s9 2.5 9 4.5v1.5a1 1 0 0 1-1.3 1l-3.2-1a1 1 0 0 1-.7-1v-2a14 14 0 0 0-7.6 0v2a1 1 0 0 1-.7 1l-3.2 1a1 1 0 0 1-1.3-1z" />,
);
const TransferIcon = icon(<path d="M4 8h13M13.5 4.5L17 8l-3.5 3.5M20 16H7M10.5 12.5L7 16l3.5 3.5" />);
const ClockIcon = icon(<path d="M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.5l3 1.5" />);
const UnknownIcon = icon(<path d="M9 9.5a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1-1.5 2.1M12 17.5v.1" />);
const RunningIcon = icon(
  <>
    <circle cx="12" cy="12" r="7" />
    <circle cx="12" cy="12" r="2.5" fill="currentColor" />
  </>,
);

const icons: Readonly<Record<string, ComponentType<{ readonly size?: number }>>> = {
  caller_hangup: HangUpIcon,
  application_hangup: CheckIcon,
  transfer: TransferIcon,
  error: WarningIcon,
  timeout: ClockIcon,
  in_progress: RunningIcon,
};

/** How a call ended, as a mark and in words. */
export function Outcome({ outcome }: { readonly outcome: string }) {
  const Icon = icons[outcome] ?? UnknownIcon;
  return (
    <span className={`call-outcome ${outcome}`}>
      <Icon size={15} />
      {outcomeTexts[outcome] ?? outcome}
    </span>
  );
}
