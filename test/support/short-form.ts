import { spawnSync } from 'node:child_process';
import { root } from '../../build/root.ts';
import { testFiles } from './test-files.ts';

/**
 * The whole run is a short form, of 20 minutes at most on two processors: a story that all three engines tell is told by
 * Chromium and by one of the others, which changes from commit to commit. `npm run test:long` leaves nothing out.
 */

/** Told by every engine each time: what most people do, and where engines differ most. */
const ALWAYS = ['upload', 'in-parts', 'sign-in-ways', 'gallery'];

const TWIN = /^(?<story>.+)\.(?<engine>firefox|webkit)\.e2e\.ts$/;

/** Which of two turns a commit has: the same run of the same commit is the same, wherever it is made. */
export function turnOf(env: NodeJS.ProcessEnv): 0 | 1 {
  const { status, stdout } = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' });
  const named = env.TURN ?? (status === 0 ? stdout.trim() : '0');
  return Number(named) % 2 === 1 ? 1 : 0;
}

/** Story files that the short form leaves out in this turn. In the two turns together it leaves out none. */
export function leftOut(turn: 0 | 1, files: readonly string[] = testFiles('e2e')): readonly string[] {
  const stories = files.flatMap((path) => {
    const { story, engine } = TWIN.exec(path)?.groups ?? {};
    return story !== undefined && engine === 'firefox' && files.includes(`${story}.webkit.e2e.ts`) ? [story] : [];
  });
  return stories
    .filter((story) => !ALWAYS.includes(story.slice(story.lastIndexOf('/') + 1)))
    .map((story, place) => `${story}.${(place + turn) % 2 === 0 ? 'firefox' : 'webkit'}.e2e.ts`);
}
