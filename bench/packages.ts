import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Installs what bench/package-lock.json says, unless it is there: the main install stays small without it. */
export function installPackages(say: (line: string) => void): void {
  const folder = import.meta.dirname;
  // npm keeps a copy of what it has installed; it lacks the packages of other systems.
  const wanted = packagesIn(join(folder, 'package-lock.json'));
  const installed = packagesIn(join(folder, 'node_modules/.package-lock.json'));
  const isInstalled = [...installed].every(([name, version]) => wanted.get(name) === version);
  if (installed.size > 0 && isInstalled) return;
  say('installing the databases to compare with');
  execFileSync('npm', ['ci'], { cwd: folder, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
}

function packagesIn(lockPath: string): ReadonlyMap<string, string> {
  try {
    const lock: { packages: Record<string, { version: string }> } = JSON.parse(readFileSync(lockPath, 'utf8'));
    return new Map(
      Object.entries(lock.packages).flatMap(([name, { version }]) => (name === '' ? [] : [[name, version]])),
    );
  } catch {
    // Nothing is installed yet.
    return new Map();
  }
}
