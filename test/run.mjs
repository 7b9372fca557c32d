/**
 * `npm test`: installs what is missing, builds, runs every leg and adds up what each runner counted itself. It is a short
 * form (test/support/short-form.ts), which says at its end what it left out; `npm run test:long` leaves out nothing.
 * `npm test -- node|elements|e2e|faults|check [part of a path…]` runs a part, all of it.
 */
import { requireBuild, requireNode, requirePackages } from '../demo/bootstrap.mjs';

requireNode();
requirePackages();
const { register } = await import('tsx/esm/api');
const unregister = register();
const { installBrowsers } = await import('./support/install-browsers.ts');
const { legs, runLeg } = await import('./support/legs.ts');
const { leftOut, turnOf } = await import('./support/short-form.ts');
await unregister();

const isLong = process.argv.includes('--long');
const [part, ...patterns] = process.argv.slice(2).filter((word) => word !== '--long');
const turn = turnOf(process.env);
const left = isLong || part !== undefined ? [] : leftOut(turn);
if (left.length > 0) process.env.SHORT = '1';
const rows = legs(part, patterns, left);
if (rows.length === 0) {
  console.error('No leg fits: npm test -- [node|elements|e2e|faults|check] [part of a path…]');
  process.exit(1);
}
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
installBrowsers();
requireBuild();

const sum = { passed: 0, failed: 0 };
const lines = [];
for (const row of rows) {
  console.log(`\n── ${row.map(({ name }) => name).join(' · ')} ──`);
  lines.push(...(await Promise.all(row.map((leg, place) => run(leg, place > 0)))).flat());
}
if (left.length > 0) {
  const names = left.map((path) => path.replace(/^.*\/|\.e2e\.ts$/g, ''));
  lines.push(
    '',
    `Left to \`npm run test:long\`, or to the other turn (this was TURN=${turn}): ${names.join(', ')};`,
    'in Firefox and WebKit every second look at the gallery, and its brand colours.',
  );
}
console.log(`\n${lines.join('\n')}\n\n${sum.passed} passed, ${sum.failed} failed`);
process.exit(sum.failed === 0 ? 0 : 1);

async function run(leg, isBeside) {
  const start = performance.now();
  const { passed, failed, failures = [] } = await runLeg(leg, isBeside);
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  sum.passed += passed;
  sum.failed += failed;
  return [`${leg.name}: ${passed} passed, ${failed} failed, ${seconds} s`, ...failures.map((name) => `  ✖ ${name}`)];
}
