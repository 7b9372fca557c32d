/** What went wrong on the page, for whoever looks after it: errors, and what the policy refused. Loaded before all else. */
function note(what: string): void {
  const { dataset } = document.documentElement;
  dataset.problems = [dataset.problems, what].filter(Boolean).join('\n');
}

addEventListener('error', ({ message }) => note(message));
addEventListener('unhandledrejection', ({ reason }) => note(String(reason)));
document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
  note(`${effectiveDirective} refused ${blockedURI}`),
);
const { error } = console;
console.error = (...told: unknown[]) => {
  note(told.map(String).join(' '));
  error(...told);
};
