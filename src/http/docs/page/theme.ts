/** Light and dark: as the system has it, until the reader chooses. */

const modes = ['light', 'dark'] as const;
type Mode = (typeof modes)[number];
const names = { light: 'Light', dark: 'Dark' } as const;

/** Where the API reference keeps the choice too, so that it is one choice for all pages. */
const storageKey = 'colorMode';

const systemPrefersDark = matchMedia('(prefers-color-scheme: dark)');

function currentMode(): Mode {
  const chosen = localStorage.getItem(storageKey);
  return modes.find((mode) => mode === chosen) ?? (systemPrefersDark.matches ? 'dark' : 'light');
}

const other = (mode: Mode): Mode => (mode === 'dark' ? 'light' : 'dark');

function show(mode: Mode): void {
  document.documentElement.dataset['theme'] = mode;
  // The API reference takes its colours from these.
  document.body?.classList.toggle('dark-mode', mode === 'dark');
  document.body?.classList.toggle('light-mode', mode === 'light');
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-theme-toggle]')) {
    button.hidden = false;
    button.textContent = names[other(mode)];
    button.title = `Switch to ${names[other(mode)].toLowerCase()} mode`;
  }
}

show(currentMode());
systemPrefersDark.addEventListener('change', () => show(currentMode()));
document.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element) || target.closest('[data-theme-toggle]') === null) return;
  localStorage.setItem(storageKey, other(currentMode()));
  show(currentMode());
});
