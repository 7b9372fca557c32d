import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { BadRelease, hashesOf, readVersion } from './scripts.ts';

/**
 * Puts a build among the releases, from which it is served for as long as a page may name it. Answers one line. Fails with
 * BadRelease where the version stands there with other bytes; nothing that stands there is ever written again.
 */
export function release(built: URL, releases: string): string {
  const version = readVersion(built);
  const place = join(releases, version.version);
  if (existsSync(place)) {
    if (hashesOf(readVersion(pathToFileURL(`${place}/`))) === hashesOf(version)) {
      return `Version ${version.version} is released already, with these bytes.`;
    }
    throw new BadRelease(`Version ${version.version} is released with other bytes. Raise the version in package.json.`);
  }
  const making = join(releases, `.${version.version}.${process.pid}`);
  mkdirSync(releases, { recursive: true });
  cpSync(fileURLToPath(built), making, { recursive: true });
  try {
    renameSync(making, place); // Whole or not at all, and never onto one that another has just put there.
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return `Version ${version.version} is released: ${place}.`;
}
