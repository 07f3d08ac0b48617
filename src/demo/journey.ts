import type { CallEvent } from '../wire/call-document.ts';
import {
  type EndReason,
  fetchFailureShare,
  fetchFailures,
  inputOf,
  loadTimeMs,
  type Outcome,
  outcomeOf,
  type Situation,
  scriptError,
  transferResults,
  transferTimeMs,
  visitTimeMs,
} from './behaviour.ts';
import { type Application, agent, goodbye, type Item, type Page } from './menu.ts';
import type { Random } from './random.ts';

/** A call from its first event to its end. */
export interface Journey {
  readonly events: readonly CallEvent[];
  readonly durationMs: number;
  readonly endReason: EndReason;
}

/** The next page, the agent or the goodbye; null when the call is over. */
type Destination = string | null;

const mostPages = 9;
const mostTries = 3;

/** Lets a caller walk through the application at random, until somebody ends the call. */
export function journeyOf(random: Random, application: Application, situation: Situation): Journey {
  return new Walk(random, application, situation).toTheEnd();
}

class Walk {
  readonly #random: Random;
  readonly #application: Application;
  readonly #situation: Situation;
  readonly #events: CallEvent[] = [];
  #page: Page;
  #nowMs = 0;
  #endReason: EndReason = 'unknown';

  constructor(random: Random, application: Application, situation: Situation) {
    this.#random = random;
    this.#application = application;
    this.#situation = situation;
    this.#page = application.start;
  }

  toTheEnd(): Journey {
    this.#pass(120, 400);
    let next: Destination = this.#application.start.file;
    for (let pages = 1; next !== null; pages += 1) next = this.#goTo(pages > mostPages ? goodbye : next);
    this.#pass(150, 900);
    return { events: this.#events, durationMs: this.#nowMs, endReason: this.#endReason };
  }

  #goTo(destination: string): Destination {
    if (destination === goodbye) return this.#sayGoodbye();
    if (destination === agent) return this.#askForAgent();
    const page = this.#application.pages.get(destination);
    if (page === undefined) throw new RangeError(`${this.#application.name} has no page ${destination}: add it.`);
    this.#page = page;
    return this.#visitPage(page);
  }

  #visitPage(page: Page): Destination {
    if (!this.#load(page)) return this.#end('error');
    if (page === this.#application.start) this.#log('start', `version ${this.#situation.version}`);
    if (this.#scriptFails(page)) return this.#apologize();
    for (const item of page.items) {
      const outcome = this.#tryItem(item);
      if (outcome === 'disconnect') return this.#hangUp(item.item);
      if (outcome !== 'filled') return this.#giveUp(outcome);
      if (item.next !== null) return this.#choose(item, item.next.pick(this.#random));
    }
    return goodbye;
  }

  /** Fetches a page, for a second time if need be; false when it is not to be had. */
  #load(page: Page): boolean {
    if (this.#random.chance(fetchFailureShare)) {
      this.#failToFetch(page);
      if (this.#random.chance(0.5)) return false;
    }
    const cached = this.#random.chance(page.cachedShare);
    const loadMs = cached ? this.#random.between(4, 30) : loadTimeMs(this.#random, page, this.#situation);
    const duration_ms = Math.round(loadMs);
    const load = { type: 'page_load', at: this.#nowMs, url: page.url, duration_ms } as const;
    this.#events.push(cached ? { ...load, cached } : load);
    this.#nowMs += duration_ms;
    return true;
  }

  #failToFetch({ url }: Page): void {
    const { event, status, medianMs } = fetchFailures.pick(this.#random);
    this.#nowMs += Math.round(this.#random.logNormal(medianMs, 0.2));
    this.#events.push({ type: 'fetch_error', at: this.#nowMs, url, event, status });
  }

  #scriptFails(page: Page): boolean {
    const error = scriptError(this.#random, page, this.#situation);
    if (error === null) return false;
    this.#pass(2, 20);
    const { line, message } = error;
    this.#events.push({ type: 'js_error', at: this.#nowMs, url: page.url, line, message });
    return true;
  }

  /** "We are sorry, there is a problem": most callers do not wait for the end of it. */
  #apologize(): Destination {
    if (this.#random.chance(0.72)) {
      this.#pass(900, 5000);
      return this.#hangUp('apology');
    }
    this.#pass(5200, 6400);
    return this.#random.chance(0.3) ? agent : this.#end('error');
  }

  /** Visits an item until the caller gets through it, hangs up, or has no more tries. */
  #tryItem(item: Item): Outcome {
    let outcome: Outcome = 'filled';
    for (let tries = 1; tries <= mostTries; tries += 1) {
      outcome = outcomeOf(this.#random, item, tries);
      this.#recordVisit(item, outcome);
      if (outcome === 'filled' || outcome === 'disconnect') return outcome;
    }
    return outcome;
  }

  #recordVisit(item: Item, outcome: Outcome): void {
    const duration_ms = Math.round(visitTimeMs(this.#random, item, outcome));
    const input = inputOf(this.#random, item, outcome);
    const where = { page: this.#page.file, form: item.form, item: item.item };
    this.#events.push({ type: 'form_item', at: this.#nowMs, ...where, outcome, ...input, duration_ms });
    this.#nowMs += duration_ms;
  }

  #choose({ item }: Item, destination: string): Destination {
    if (destination !== goodbye && this.#random.chance(0.25)) this.#log(item, `to ${destination}`);
    return destination;
  }

  /** After the last try: to an agent mostly. */
  #giveUp(outcome: Outcome): Destination {
    this.#log('fallback', `${mostTries} times ${outcome}`);
    if (this.#random.chance(0.6)) return agent;
    this.#pass(2400, 3200);
    return this.#end(outcome === 'noinput' ? 'timeout' : 'application_hangup');
  }

  #askForAgent(): Destination {
    if (this.#situation.agentsAreIn) return this.#transfer();
    this.#recordAgentVisit('closed', 'filled', 4700);
    return this.#end('application_hangup');
  }

  #transfer(): Destination {
    const result = transferResults.pick(this.#random);
    this.#recordAgentVisit('transfer', result === 'completed' ? 'transfer' : 'filled', 2400);
    const duration_ms = Math.round(transferTimeMs(this.#random, result));
    this.#events.push({ type: 'transfer', at: this.#nowMs, to: this.#application.agentNumber, duration_ms, result });
    this.#nowMs += duration_ms;
    if (result === 'completed') return this.#end('transfer');
    this.#log('agent', result);
    if (this.#random.chance(0.5)) return this.#hangUp('agent');
    this.#pass(3800, 4400);
    return this.#end('application_hangup');
  }

  #recordAgentVisit(item: 'closed' | 'transfer', outcome: 'filled' | 'transfer', duration_ms: number): void {
    const page = this.#page.file;
    this.#events.push({ type: 'form_item', at: this.#nowMs, page, form: 'agent', item, outcome, duration_ms });
    this.#nowMs += duration_ms;
  }

  #sayGoodbye(): Destination {
    this.#log('result', 'completed');
    this.#pass(1700, 2300);
    return this.#end('application_hangup');
  }

  #hangUp(where: string): Destination {
    if (this.#random.chance(0.3)) this.#log('hangup', where);
    return this.#end('caller_hangup');
  }

  #end(reason: EndReason): Destination {
    this.#endReason = reason;
    return null;
  }

  #log(label: string, message: string): void {
    this.#events.push({ type: 'log', at: this.#nowMs, label, message });
  }

  #pass(leastMs: number, mostMs: number): void {
    this.#nowMs += Math.round(this.#random.between(leastMs, mostMs));
  }
}
