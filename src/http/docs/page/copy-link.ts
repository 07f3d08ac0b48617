import { filledRequest } from './examples.ts';
import type { OpenApiDocument } from './openapi.ts';
import { type Component, isEventBus, nearest } from './scalar.ts';
import { linkTo } from './shared-request.ts';

const isString = (value: unknown): value is string => typeof value === 'string';
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * A component for the test client that puts a button below the fields of the request: it copies a link to the request as it is filled
 * in at the moment. The reference keeps its own copy of Vue to itself, so the button is a plain element beside an empty component.
 */
export const copyLinkButton = (api: OpenApiDocument) => ({
  props: ['operation'],
  render: () => null,
  mounted(this: Component) {
    const place = this.$el;
    if (place instanceof Node)
      place.parentNode?.insertBefore(
        copyLinkRow(() => linkOf(this, api)),
        place.nextSibling,
      );
  },
  beforeUnmount(this: Component) {
    const place = this.$el;
    if (place instanceof Node && place.nextSibling instanceof HTMLElement) place.nextSibling.remove();
  },
});

async function linkOf(component: Component, api: OpenApiDocument): Promise<string | null> {
  nearest(component, 'eventBus', isEventBus).flushDebouncedEmits();
  await component.$nextTick();
  const filled = {
    method: nearest(component, 'method', isString),
    path: nearest(component, 'path', isString),
    exampleName: nearest(component, 'exampleKey', isString),
    operation: nearest(component, 'operation', isObject),
  };
  const request = filledRequest(filled, api);
  return request === null ? null : linkTo(request, api, `${window.location.origin}/docs`);
}

function copyLinkRow(link: () => Promise<string | null>): HTMLElement {
  const row = document.createElement('div');
  row.className = 'copy-link';
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy link to this request';
  const state = document.createElement('output');
  state.textContent = 'Path and query only: no login, no key, no body.';
  button.addEventListener('click', async () => {
    const address = await link();
    state.textContent = address === null ? 'This request is not in the document.' : await copied(address);
  });
  row.append(button, state);
  return row;
}

/** What to say after copying: the address itself where the browser refuses, as it does without TLS. */
async function copied(address: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(address);
    return 'Copied.';
  } catch {
    // Nothing is lost: whoever reads it can still copy it by hand.
    return address;
  }
}
