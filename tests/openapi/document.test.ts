import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { type Answer, exchange } from '../http/voicetrends/exchange.ts';
import { api, operations, parametersOf, valueAt } from './document.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ logLevel: 'error' });
});
afterAll(() => server.close());

const served = (path: string): Promise<Answer> => exchange(server.address, path);

describe('the document', () => {
  it('is served as the one that these tests read, without asking who wants it', async () => {
    const { status, text } = await served('/openapi.json');
    expect({ status, document: JSON.parse(text) }).toEqual({ status: 200, document: api });
  });

  it('is the same in YAML', async () => {
    const { status, text } = await served('/openapi.yaml');
    expect({ status, document: parse(text) }).toEqual({ status: 200, document: api });
  });

  it('is an OpenAPI document by an independent validator', async () => {
    const { text } = await served('/openapi.json');
    const validator = new Validator();
    const { valid, errors } = await validator.validate(JSON.parse(text));
    expect({ valid, errors, version: validator.version }).toEqual({ valid: true, errors: undefined, version: '3.1' });
  });

  it('is what was reviewed', async () => {
    await expect(`${JSON.stringify(api, null, 2)}\n`).toMatchFileSnapshot('./openapi.json.golden');
  });

  it('refers to nothing that is not in it', () => {
    const missing = referencesIn(api).filter(
      (ref) => !ref.startsWith('#/') || valueAt(api, ref.slice(1)) === undefined,
    );
    expect(missing).toEqual([]);
  });

  it('has nothing that nothing refers to', () => {
    const used = new Set([...referencesIn(api), ...operations.flatMap(schemesOf)]);
    const components = Object.entries(api.components).flatMap(([kind, named]) =>
      Object.keys(named).map((name) => (kind === 'securitySchemes' ? name : `#/components/${kind}/${name}`)),
    );
    expect(components.filter((each) => !used.has(each))).toEqual([]);
  });

  it('names each operation once', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(ids).toEqual([...new Set(ids)]);
  });
});

const schemesOf = ({ operation }: (typeof operations)[number]) => operation.security.flatMap(Object.keys);

function referencesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own: unknown = Reflect.get(value, '$ref');
  return [...(typeof own === 'string' ? [own] : []), ...Object.values(value).flatMap(referencesIn)];
}

const isText = (text: string | undefined): boolean => text !== undefined && text.trim() !== '';

describe.each(operations)('$name', (documented) => {
  const { operation, path } = documented;
  const parameters = parametersOf(documented);

  it('says what it is, in a group that the document has', () => {
    expect({ isSummed: isText(operation.summary), isDescribed: isText(operation.description) }).toEqual({
      isSummed: true,
      isDescribed: true,
    });
    expect(operation.tags).toEqual([expect.toBeOneOf(api.tags.map(({ name }) => name))]);
  });

  it('says who may use it, in ways that the document has', () => {
    expect(Object.keys(api.components.securitySchemes)).toEqual(expect.arrayContaining([...schemesOf(documented)]));
  });

  it('describes each parameter of its path, as one that must be given, and each other parameter', () => {
    const inPath = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name);
    const described = parameters.filter((each) => each.in === 'path');
    expect(described.map(({ name, required }) => ({ name, required }))).toEqual(
      inPath.map((name) => ({ name, required: true })),
    );
    expect(parameters.filter(({ description }) => !isText(description))).toEqual([]);
    expect(new Set(parameters.map(({ name }) => name)).size).toBe(parameters.length);
  });

  it('describes each answer', () => {
    const undescribed = Object.entries(operation.responses).filter(([, { description }]) => !isText(description));
    expect(undescribed).toEqual([]);
  });
});
