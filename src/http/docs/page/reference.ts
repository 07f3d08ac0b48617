import { loginSchemeName, withLoginFirst } from './authentication.ts';
import { copyLinkButton } from './copy-link.ts';
import { withExamples } from './examples.ts';
import { watchLogin } from './login.ts';
import { findOperation, type OpenApiDocument } from './openapi.ts';
import { type Component, type EventBus, isEventBus, nearest } from './scalar.ts';
import { parseSharedRequest, type SharedRequest } from './shared-request.ts';
import { snippetLanguages } from './snippet-languages.ts';

/** The page at `/docs`: the interactive reference, with our login above it and links to requests that are filled in. */
async function showReference(): Promise<void> {
  const response = await fetch('/openapi.json');
  const api: OpenApiDocument = await response.json();
  const shared = sharedRequest(api);
  const mounted = Promise.withResolvers<EventBus>();
  const openShared = async () => {
    if (shared === null) return;
    const { method, path } = shared;
    (await mounted.promise).emit('ui:open:client-modal', { method, path });
  };
  if (shared !== null) window.history.replaceState(null, '', `#${placeOf(shared, api)}`);
  window.Scalar.createApiReference('#reference', {
    ...appearance,
    ...nothingFromElsewhere,
    ...snippetLanguages,
    content: withExamples(withLoginFirst(api), shared),
    servers: [{ url: window.location.origin }],
    customFetch: fetchWithoutCredentials,
    plugins: [() => plugin(api, mounted.resolve)],
    generateTagSlug: ({ name }: Tag) => tagSlug(name),
    onLoaded: openShared,
  });
  watchLoginBar(await mounted.promise, loginSchemeName(api));
}

/** The request in the address of the page; null when there is none, or one that says in the page what is wrong with it. */
function sharedRequest(api: OpenApiDocument): SharedRequest | null {
  const text = new URLSearchParams(window.location.search).get('try');
  if (text === null) return null;
  const parsed = parseSharedRequest(text, api);
  if (parsed.ok) return parsed.value;
  say(`This link cannot be shown: ${parsed.error}.`);
  return null;
}

/** Where the reference has an operation: what stands after the `#` of the address. */
function placeOf(request: SharedRequest, api: OpenApiDocument): string {
  const [tag = ''] = findOperation(api, request)?.operation.tags ?? [];
  return `tag/${tagSlug(tag)}/${request.method.toUpperCase()}${request.path}`;
}

interface Tag {
  readonly name: string;
}

const tagSlug = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');

function say(text: string): void {
  const notice = document.querySelector<HTMLElement>('#notice');
  if (notice === null) return;
  notice.textContent = text;
  notice.hidden = false;
}

function watchLoginBar(bus: EventBus, name: string): void {
  const form = document.querySelector<HTMLFormElement>('#login');
  if (form === null) return;
  watchLogin(form, ({ login, password }) => {
    const secrets = { 'x-scalar-secret-username': login, 'x-scalar-secret-password': password };
    bus.emit('auth:update:security-scheme-secrets', { name, payload: { type: 'http', ...secrets } });
  });
}

/** The browser would answer a 401 with a login window of its own, in place of the server's answer. */
const fetchWithoutCredentials = (input: string | URL | Request, options?: RequestInit): Promise<Response> =>
  fetch(input, { ...options, credentials: 'omit' });

const appearance = {
  layout: 'modern',
  withDefaultFonts: false,
  // The switch in the navigation is that of all pages.
  hideDarkModeToggle: true,
  // Our navigation offers the document as the server has it; here it has the values of a link in it.
  documentDownloadType: 'none',
  defaultOpenAllTags: true,
  modelsSectionLabel: 'Schemas',
  // Their names are short, and there is no room for more.
  localization: { translations: { apiClient: { authSelector: { selectedType: '{type}' } } } },
} as const;

/** Off is what the reference would do beyond showing the document and sending what the reader sends. */
const nothingFromElsewhere = {
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: 'never',
  // A password in the storage of the browser would outlive the page.
  persistAuth: false,
} as const;

/** Parts of ours within the reference. It draws none of them: each is a place from which to reach the parts around it. */
const plugin = (api: OpenApiDocument, onMounted: (bus: EventBus) => void) => ({
  name: 'voxgauge',
  extensions: [],
  views: {
    'content.start': [
      {
        component: {
          props: ['options'],
          mounted(this: Component) {
            onMounted(nearest(this, 'eventBus', isEventBus));
          },
          render: () => null,
        },
      },
    ],
  },
  apiClientPlugins: [{ components: { request: { component: copyLinkButton(api) } } }],
});

showReference().catch((error) => {
  say(`The reference cannot be shown: ${error instanceof Error ? error.message : error}`);
  throw error;
});
