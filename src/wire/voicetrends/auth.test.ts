import { describe, expect, it } from 'vitest';
import { parseLogin } from './auth.ts';

const tools = ['dev', 'insight', 'fuseplus'] as const;

const parse = (fields: Readonly<Record<string, string>>) => parseLogin((name) => fields[name] ?? null, tools);

const secret = 'sesame-7';

describe('a login', () => {
  it.each(tools)('of the tool %s is read', (tool) => {
    const fields = { tool, login: 'ann', password: secret };
    expect(parse(fields)).toEqual({ ok: true, value: fields });
  });

  it('may have an empty password, which is wrong and not malformed', () => {
    const fields = { tool: 'dev', login: 'ann', password: '' };
    expect(parse(fields)).toEqual({ ok: true, value: fields });
  });

  it.each([
    { fields: {}, missing: 'tool, login, password' },
    { fields: { tool: 'dev', password: secret }, missing: 'login' },
    { fields: { login: 'ann' }, missing: 'tool, password' },
  ])('without $missing says so', ({ fields, missing }) => {
    const error = `${missing} must be given as form fields of application/x-www-form-urlencoded`;
    expect(parse(fields)).toEqual({ ok: false, error });
  });

  it.each([
    { change: { tool: 'Dev' }, error: 'tool must be one of dev, insight, fuseplus, got "Dev"' },
    { change: { tool: '' }, error: 'tool must be one of dev, insight, fuseplus, got ""' },
    { change: { login: '' }, error: 'login must have 1 to 256 characters' },
    { change: { login: 'a'.repeat(257) }, error: 'login must have 1 to 256 characters' },
  ])('with $change is refused, and its password is not repeated', ({ change, error }) => {
    expect(parse({ tool: 'dev', login: 'ann', password: secret, ...change })).toEqual({ ok: false, error });
    expect(error).not.toContain(secret);
  });
});
