interface Told {
  readonly code: string;
  readonly figures?:
    | {
        readonly named?: string | undefined;
        readonly found?: string | undefined;
        readonly why?: string | undefined;
        readonly limit?: number | undefined;
      }
    | undefined;
}

/** A verdict as the tables write it: the code, what it was named, what was found, why, in this order. */
export function verdictOf(problem: Told | null | undefined): string {
  if (!problem) return 'accepted';
  const { code, figures: { named, found, why, limit } = {} } = problem;
  // A name that means one kind of bytes is told with what was found, also where that is nothing.
  const about = named !== undefined && code === 'file_mismatch' ? [named, found ?? ''] : [named, found, limit];
  return [code, ...about.filter((one) => one !== undefined), ...(why === undefined ? [] : [why])].join(' ');
}
