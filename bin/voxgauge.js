#!/usr/bin/env node
// Plain JavaScript that any Node.js can read, so that one which is too old gets a sentence instead of a syntax error.
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';

const major = Number(process.versions.node.split('.')[0]);
if (major < 26) {
  console.error(
    `voxgauge needs Node.js 26 or newer, and this is ${process.versions.node}; ` +
      'in a clone, "npm ci" brings the right one, which "npm start" and "npx voxgauge" use.',
  );
  process.exit(1);
}

// Much text passes through and little of it stays: what V8 would collect late, it would keep resident.
setFlagsFromString('--heap-growing-percent=30');
// The next start, and the writer thread, need not compile again what this one has.
enableCompileCache();

// A clone runs the source as it is; the published package has only what was compiled from it.
const source = new URL('../src/main.ts', import.meta.url);
await import(existsSync(source) ? source.href : new URL('../dist/main.js', import.meta.url).href);
