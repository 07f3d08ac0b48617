import { describe, expect, it } from 'vitest';
import { demoApplications } from './applications.ts';
import { type Application, agent, goodbye, type Page } from './menu.ts';
import { Random } from './random.ts';

const random = new Random(1);

/** All destinations of a page, by drawing often enough. */
const destinations = (page: Page): ReadonlySet<string> =>
  new Set(
    page.items.flatMap(({ next }) => (next === null ? [] : Array.from({ length: 500 }, () => next.pick(random)))),
  );

function reachable(application: Application): ReadonlySet<string> {
  const reached = new Set([application.start.file]);
  for (const file of reached) {
    const page = application.pages.get(file);
    for (const destination of page === undefined ? [] : destinations(page)) reached.add(destination);
  }
  return reached;
}

describe.each(demoApplications.map((application) => [application.name, application] as const))(
  '%s',
  (_, application) => {
    it('leads from its start to each of its pages, to the agent and to the goodbye, and nowhere else', () => {
      expect([...reachable(application)].sort()).toEqual([...application.pages.keys(), agent, goodbye].sort());
    });

    it('leads on from the last item of each page, and from no earlier one', () => {
      for (const { items } of application.pages.values()) {
        expect(items.map(({ next }) => next !== null)).toEqual(items.map((_, index) => index === items.length - 1));
      }
    });

    it('has an address that belongs to nobody', () => {
      expect(new URL(application.url).hostname).toMatch(/\.example$/);
    });
  },
);
