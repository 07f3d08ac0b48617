/** What `POST /api/auth` answers. */
export interface Credentials {
  readonly login: string;
  readonly password: string;
}

/** Makes the bar log in, and hands over the temporary credentials. They and the password are kept nowhere but in the page. */
export function watchLogin(form: HTMLFormElement, onCredentials: (credentials: Credentials) => void): void {
  const state = form.querySelector('output');
  const say = (text: string, kind: 'pending' | 'done' | 'failed') => {
    if (state === null) return;
    state.dataset['kind'] = kind;
    state.textContent = text;
  };
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    say('Logging in …', 'pending');
    const fields = new FormData(form);
    const answer = await logIn(fields);
    if (typeof answer === 'string') return say(answer, 'failed');
    onCredentials(answer);
    const password = form.querySelector<HTMLInputElement>('[name=password]');
    if (password !== null) password.value = '';
    say(
      `Logged in as ${fields.get('login')}. Data requests now carry your temporary credentials, which end 24 hours after their last use.`,
      'done',
    );
  });
}

/** The credentials, or the sentence that says why there are none. */
async function logIn(fields: FormData): Promise<Credentials | string> {
  try {
    const body = new URLSearchParams([...fields].map(([name, value]) => [name, `${value}`]));
    // Without credentials of the browser's own: it would answer a 401 with a login window of its own.
    const response = await fetch('/api/auth', { method: 'POST', body, credentials: 'omit' });
    const answer: unknown = await response.json();
    if (isCredentials(answer)) return answer;
    if (hasError(answer)) return answer.error;
    return `the server answered with status ${response.status}`;
  } catch (error) {
    return `the server cannot be reached: ${error instanceof Error ? error.message : error}`;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isCredentials = (value: unknown): value is Credentials =>
  isRecord(value) && typeof value['login'] === 'string' && typeof value['password'] === 'string';

const hasError = (value: unknown): value is { readonly error: string } =>
  isRecord(value) && typeof value['error'] === 'string';
