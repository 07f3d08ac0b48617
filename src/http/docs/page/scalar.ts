/** The parts of Scalar's API reference that the page uses, as its bundle offers them in the browser. */

declare global {
  interface Window {
    readonly Scalar: { createApiReference(selector: string, configuration: object): unknown };
  }
}

/** Through which parts of the reference tell each other what happens; each kind of message has its own payload. */
export interface EventBus {
  emit(event: 'auth:update:security-scheme-secrets', payload: SchemeSecrets): void;
  emit(event: 'ui:open:client-modal', payload: { readonly method: string; readonly path: string }): void;
  /** Tells at once what was held back while the reader still types. */
  flushDebouncedEmits(): void;
}

interface SchemeSecrets {
  readonly name: string;
  readonly payload: {
    readonly type: 'http';
    readonly 'x-scalar-secret-username': string;
    readonly 'x-scalar-secret-password': string;
  };
}

/** A Vue component as its own methods see it: the properties that it was given, and the component around it. */
export type Component = Readonly<Record<string, unknown>> & {
  readonly $parent?: Component | null;
  readonly $el?: unknown;
  /** Resolves when the component knows of the changes so far. */
  readonly $nextTick: () => Promise<void>;
};

/** A property of the component, or of the nearest one around it that has it. */
export function nearest<T>(component: Component, name: string, isIt: (value: unknown) => value is T): T {
  for (let each: Component | null | undefined = component; each; each = each.$parent) {
    const value = each[name];
    if (isIt(value)) return value;
  }
  throw new Error(`no component of the API reference has a ${name}`);
}

export const isEventBus = (value: unknown): value is EventBus =>
  typeof value === 'object' && value !== null && 'emit' in value && typeof value.emit === 'function';
