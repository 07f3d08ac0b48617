import { Component, type ReactNode } from 'react';
import { ErrorState } from './states.tsx';

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly fault: Error | null;
}

/** Keeps a fault in one part of the page from taking the rest with it. */
export class FaultBoundary extends Component<Props, State> {
  override state: State = { fault: null };

  static getDerivedStateFromError(fault: unknown): State {
    return { fault: fault instanceof Error ? fault : new Error(`${fault}`) };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    if (fault === null) return this.props.children;
    return <ErrorState error={fault} onRetry={() => this.setState({ fault: null })} />;
  }
}
