/** Paths that somebody may take for documented ones: of each, one step taken away, doubled, added or misspelt. */
export function nearMisses(targets: readonly string[], templates: readonly string[]): readonly string[] {
  const documented = templates.map(patternOf);
  const misses = targets.flatMap((target) => {
    const [path = ''] = target.split('?', 1);
    const steps = path.split('/').slice(1);
    const literals = literalsOf(path, templates);
    return [
      ...steps.map((_, index) => steps.toSpliced(index, 1)),
      ...steps.map((step, index) => steps.toSpliced(index, 0, step)),
      ...steps.map((_, index) => steps.toSpliced(index, 0, '')),
      ...literals.flatMap((index) => misspelt(steps[index] ?? '').map((step) => steps.with(index, step))),
      [...steps, 'more'],
      [...steps, '', ''],
    ].map((list) => `/${list.join('/')}`);
  });
  const parents = targets.flatMap((target) => [...target.matchAll(/\//g)].map(({ index }) => target.slice(0, index)));
  const below = [...misses, ...parents].filter((path) => /^\/(?:api|ingest)(?:\/|$)/i.test(path));
  // One slash at the end is passed over: it is the same path.
  return [...new Set(below)].filter((path) => !documented.some((pattern) => pattern.test(path.replace(/\/$/, ''))));
}

/** A step may be empty: it is then a parameter that is wrong. */
const patternOf = (template: string): RegExp => new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]*')}$`);

/** Where a path has the words of its template. */
function literalsOf(path: string, templates: readonly string[]): readonly number[] {
  const template = templates.find((each) => patternOf(each).test(path)) ?? '';
  return template
    .split('/')
    .slice(1)
    .flatMap((step, index) => (step.startsWith('{') ? [] : [index]));
}

const misspelt = (word: string): readonly string[] => [
  word.toUpperCase(),
  `${word}s`,
  word.slice(0, -1),
  `${word}%20`,
  `${word}.json`,
  `${word};x`,
  `_${word}`,
  ...(/\d/.test(word) ? ['v0', 'v1', 'v2', 'v3'].filter((version) => version !== word) : []),
];
