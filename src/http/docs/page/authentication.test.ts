import { expect, it } from 'vitest';
import { withLoginFirst } from './authentication.ts';
import type { OpenApiDocument } from './openapi.ts';

const api: OpenApiDocument = {
  paths: {
    '/report': { get: { security: [{ token: [] }, { login: [] }] } },
    '/calls': { post: { security: [{ key: [] }] } },
    '/auth': { post: { security: [] } },
  },
  components: {
    securitySchemes: {
      key: { type: 'http', scheme: 'bearer' },
      token: { type: 'http', scheme: 'bearer' },
      login: { type: 'http', scheme: 'basic' },
    },
  },
};

it('puts the login before other ways to authenticate, and adds none to an operation', () => {
  expect(withLoginFirst(api)).toEqual({
    ...api,
    security: [{ login: [] }, { key: [] }, { token: [] }],
    paths: { ...api.paths, '/report': { get: { security: [{ login: [] }, { token: [] }] } } },
  });
});

it('refuses a document without a login', () => {
  expect(() => withLoginFirst({ paths: {} })).toThrow('no security scheme for HTTP Basic');
});
