/** `npm run check`: types, lint and format, import arrows, sizes in a browser, and what the built package looks like to those who install it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('../', import.meta.url));
const { values } = parseArgs({ options: { result: { type: 'string' } } });

const TSC = 'node_modules/typescript/bin/tsc';
/** Those of one row run side by side; the last row reads what the row before it built. */
const ROWS = [
  [
    { name: 'types', args: [TSC, '--noEmit', '-p', '.'] },
    {
      name: 'lint and format',
      args: ['node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '--error-on-warnings'],
    },
    { name: 'import arrows', args: ['--import', 'tsx', '--test', 'test/architecture/imports.test.ts'] },
  ],
  [{ name: 'build', args: ['node_modules/vite/bin/vite.js', 'build'] }],
  [{ name: 'declarations', args: [TSC, '-p', 'tsconfig.build.json'] }],
  [
    { name: 'package (publint)', args: ['node_modules/publint/src/cli.js', '--strict'] },
    {
      name: 'package (types as installed)',
      args: ['node_modules/@arethetypeswrong/cli/dist/index.js', '--pack', '.', '--profile', 'esm-only', '-q'],
    },
  ],
  [{ name: 'sizes', args: ['--import', 'tsx', 'test/size.ts'] }],
];

const failures = [];
let passed = 0;
for (const row of ROWS) {
  const results = await Promise.all(row.map(run));
  for (const { name, isGood, seconds, output } of results) {
    console.log(`${isGood ? '✔' : '✖'} ${name} (${seconds} s)`);
    if (isGood) passed += 1;
    else failures.push(name);
    if (!isGood) console.log(output);
  }
}
if (values.result !== undefined) {
  writeFileSync(values.result, JSON.stringify({ passed, failed: failures.length, failures }));
}
process.exit(failures.length === 0 ? 0 : 1);

async function run({ name, args }) {
  const start = performance.now();
  const env = { ...process.env, NO_COLOR: '1' };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const [code] = await once(child, 'close');
  return { name, isGood: code === 0, seconds: ((performance.now() - start) / 1000).toFixed(1), output };
}
