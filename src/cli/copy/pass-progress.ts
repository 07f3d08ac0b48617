import type { Cli } from '../cli.ts';
import { Progress } from '../progress.ts';

/** Documents of the source, and of the target when the pass begins. */
export interface Expected {
  readonly total: number;
  readonly done: number;
}

/** Shows how far a pass over all documents has come. */
export class PassProgress {
  readonly #progress: Progress;
  readonly #expected: Expected | null;
  #read = 0;

  /** How much a later pass will find is not known. */
  constructor(cli: Cli, expected: Expected | null) {
    this.#progress = new Progress(cli, expected === null ? 'catching up' : 'copying');
    this.#expected = expected;
  }

  add(documents: number): void {
    this.#read += documents;
    const { total, done } = this.#expected ?? { total: 0, done: 0 };
    const share = total === 0 ? null : Math.min(1, (done + this.#read) / total);
    this.#progress.show({ documents: this.#read, share });
  }

  end(): void {
    this.#progress.end();
  }
}
