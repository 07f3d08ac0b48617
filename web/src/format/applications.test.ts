import { describe, expect, it } from 'vitest';
import { shortApplication } from './applications.ts';

describe('shortApplication', () => {
  it.each([
    { application: 'https://ivr.example/start.php', short: 'ivr.example/start.php' },
    { application: 'https://ivr.example/a/b/start.php?v=2#x', short: 'ivr.example/…/b/start.php' },
    { application: 'https://ivr.example/a/b/c/start.php', short: 'ivr.example/…/c/start.php' },
    {
      application: `https://ivr.example/${'long-'.repeat(9)}7/start.php`,
      short: 'ivr.example/long-lo…ong-long-7/start.php',
    },
    { application: `${'🎉'.repeat(40)}`, short: '🎉'.repeat(40) },
    { application: 'http://ivr.example:8080/', short: 'ivr.example:8080' },
    { application: 'Cedar refills', short: 'Cedar refills' },
    { application: 'x'.repeat(41), short: `${'x'.repeat(19)}…${'x'.repeat(20)}` },
    { application: 'x'.repeat(40), short: 'x'.repeat(40) },
  ])('$application → $short', ({ application, short }) => {
    expect(shortApplication(application)).toBe(short);
  });
});
