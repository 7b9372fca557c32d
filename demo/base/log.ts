/** One JSON object a line. Only ids, codes and figures: no names, addresses, tokens, URLs with a query. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  event: string,
  facts?: Readonly<Record<string, string | number | boolean | null | undefined>>,
) => void;

export function createLog(write: (line: string) => void, now: () => number): Log {
  return (level, event, facts = {}) =>
    write(JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...facts }));
}
