import type { Outcome } from './one-run.ts';

/** One line for a run that ended well; all that is known about one that did not. */
export function report(seed: number, outcome: Outcome, isWhole = false): string {
  const { run, isShort, script, wrong, met, presses, seconds, timeline } = outcome;
  const bytes = script.files.reduce((sum, { size }) => sum + size, 0);
  const facts = [
    `${script.files.length} files of ${(bytes / 2 ** 20).toFixed(1)} MiB`,
    `${met.length} of ${script.faults.length} faults met`,
    ...(presses > 0 ? [`"Try again" pressed ${presses} times`] : []),
    `${seconds.toFixed(1)} s`,
  ];
  const line = `${wrong.length === 0 ? '✔' : '✖'} run ${run}: ${facts.join(', ')}`;
  if (wrong.length === 0 && !isWhole) return line;
  const { files, ...rest } = script;
  return [
    line,
    ...wrong.map((text) => `  ✖ ${text}`),
    `  again: npm run faults -- --seed ${seed} --run ${run}${isShort ? ' --short' : ''}`,
    `  files: ${files.map(({ size }) => size).join(' ')}`,
    `  script: ${JSON.stringify(rest)}`,
    ...timeline.map((text) => `  ${text}`),
  ].join('\n');
}

export function summary(outcomes: readonly Outcome[]): string {
  const failed = outcomes.filter(({ wrong }) => wrong.length > 0);
  const met = new Map<string, number>();
  for (const { act } of outcomes.flatMap((outcome) => outcome.met)) {
    const kind = act.kind === 'kill' ? `kill ${act.part}` : act.kind;
    met.set(kind, (met.get(kind) ?? 0) + 1);
  }
  const presses = outcomes.reduce((sum, outcome) => sum + outcome.presses, 0);
  return [
    `${outcomes.length - failed.length} of ${outcomes.length} runs ended as they must; "Try again" was pressed ${presses} times`,
    `faults met: ${[...met].map(([kind, count]) => `${kind} ${count}`).join(', ')}`,
    ...(failed.length > 0 ? [`failed: ${failed.map(({ run }) => run).join(', ')}`] : []),
  ].join('\n');
}
