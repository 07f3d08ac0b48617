import type { Cli } from './cli.ts';

/** How far something has come. */
export interface Step {
  readonly documents: number;
  /** 0–1, or null where the end is not known (standard input). */
  readonly share: number | null;
}

const barWidth = 30;
const everyMs = 1000;
const redrawEveryMs = 100;

/** Shows how far an import has come: a bar on a terminal, else a line a second. */
export class Progress {
  readonly #cli: Cli;
  readonly #name: string;
  readonly #startedMs: number;
  #shownMs: number;

  constructor(cli: Cli, name: string) {
    this.#cli = cli;
    this.#name = name;
    this.#startedMs = cli.nowMs();
    this.#shownMs = this.#startedMs;
  }

  show(step: Step): void {
    const nowMs = this.#cli.nowMs();
    if (nowMs - this.#shownMs < (this.#cli.rewrite === null ? everyMs : redrawEveryMs)) return;
    this.#shownMs = nowMs;
    if (this.#cli.rewrite === null) this.#cli.say(this.#line(step));
    else this.#cli.rewrite(`${bar(step)}${this.#line(step)}`);
  }

  /** Leaves the terminal's line clean. */
  end(): void {
    this.#cli.rewrite?.('');
  }

  #line({ documents, share }: Step): string {
    const seconds = Math.max(0.001, (this.#cli.nowMs() - this.#startedMs) / 1000);
    const percent = share === null ? '' : `, ${Math.floor(share * 100)} %`;
    return `${this.#name}: ${documents} calls${percent}, ${Math.round(documents / seconds)} a second`;
  }
}

function bar({ share }: Step): string {
  if (share === null) return '';
  const full = Math.round(share * barWidth);
  return `[${'#'.repeat(full)}${'-'.repeat(barWidth - full)}] `;
}
