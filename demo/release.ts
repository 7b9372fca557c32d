import { release } from './broker/release.ts';
import { BadRelease } from './broker/scripts.ts';
import { readSettings } from './settings.ts';

/** `npm run release`: puts what `npm run build` made into the folder RELEASES. One line, and exit 1 where it was not done. */
try {
  const { releases } = readSettings(process.env);
  if (releases === null) throw new BadRelease('RELEASES must name the folder of releases.');
  console.log(release(new URL('../dist/cdn/', import.meta.url), releases));
} catch (error) {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  console.error(
    isMissing ? 'There is no build. Run "npm run build" first.' : error instanceof Error ? error.message : error,
  );
  process.exitCode = 1;
}
