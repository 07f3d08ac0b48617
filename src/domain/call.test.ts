import { describe, expect, it } from 'vitest';
import { pageName } from './call.ts';

describe('a page is named by the last part of its path', () => {
  it.each([
    { url: 'https://ivr.example/a/main.php?session=1', want: 'main.php' },
    { url: 'https://ivr.example/a/main.php#top', want: 'main.php' },
    { url: 'https://ivr.example/a/main.php?next=/b/other.php', want: 'main.php' },
    { url: 'https://ivr.example/a/', want: 'a' },
    { url: 'https://ivr.example', want: '/' },
    { url: 'https://ivr.example/?a', want: '/' },
    { url: 'HTTP://ivr.example:8080/main.php', want: 'main.php' },
    { url: '/a/main.php', want: 'main.php' },
    { url: 'main.php', want: 'main.php' },
    { url: 'builtin:grammar/digits', want: 'digits' },
    { url: '?', want: '/' },
    { url: 'a\0b', want: 'a\ufffdb' },
    { url: `x${'\ud83d\ude00'.repeat(200)}`, want: `x${'\ud83d\ude00'.repeat(127)}\ufffd` },
  ])('$url is $want', ({ url, want }) => {
    expect(pageName(url)).toBe(want);
  });
});
