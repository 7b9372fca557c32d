import { relative } from 'node:path';

/**
 * A reporter for node:test that counts. A suite that only tells of its tests is not counted again; a test that was
 * skipped, and a file or an outermost suite without a test, count as failed. Plain JavaScript, because it is loaded
 * before tsx.
 */
export default async function* countReporter(source) {
  const failures = [];
  let passed = 0;
  let inSuite = 0;
  for await (const { type, data } of source) {
    if (type === 'test:pass') {
      if (data.details.type === 'suite') {
        if (data.nesting > 0) continue;
        if (inSuite === 0) failures.push(`${nameOf(data)} (holds no test)`);
        inSuite = 0;
        continue;
      }
      inSuite += 1;
      if (data.skip !== undefined || data.todo !== undefined) failures.push(`${nameOf(data)} (left out)`);
      else if (data.nesting === 0 && data.name === data.file) failures.push(`${nameOf(data)} (holds no test)`);
      else passed += 1;
    } else if (type === 'test:fail') {
      const isOutermost = data.details.type === 'suite' && data.nesting === 0;
      inSuite = isOutermost ? 0 : inSuite + 1;
      if (!isEcho(data.details.error)) failures.push(`${nameOf(data)}${reason(data.details.error)}`);
    }
  }
  yield JSON.stringify({ passed, failed: failures.length, failures });
}

function nameOf({ file, name }) {
  const path = relative(process.cwd(), file ?? '');
  return name === file ? path : `${path}: ${name}`;
}

/** The first line of why: what stands at the run's end is all that some who read it get. */
function reason({ cause, message }) {
  const [line = ''] = String(cause?.message ?? cause ?? message).split('\n');
  return ` (${line.slice(0, 700)})`;
}

/** A parent fails with its child; the child was counted. */
function isEcho(error) {
  return error.failureType === 'subtestsFailed';
}
