/** The reader's language. Under `LANG=C` a browser may name one (`en-US@posix`) that its own `Intl` refuses: it is English then. */
export const locale: string = usable(typeof navigator === 'undefined' ? 'en' : navigator.language);

export function usable(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
