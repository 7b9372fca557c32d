import type { FirstView } from './view.ts';

/** The families an app takes: `Photos and images`, or `photos or images`. */
export function familyList(view: Pick<FirstView, 'app' | 'families' | 'formats'>, kind: 'and' | 'or'): string {
  const names = view.app.limits.accepts.map((family) => view.families[family.name] ?? family.name);
  return view.formats.list(names, kind === 'and' ? 'conjunction' : 'disjunction');
}

export function providerName(view: Pick<FirstView, 'app' | 'formats'>): string {
  const names = view.app.providers.map((provider) => provider.name);
  return names.length > 0 ? view.formats.list(names, 'disjunction') : view.app.org.name;
}

/** Whether the person must, or better should, sign in before choosing. */
export function signsInFirst(view: FirstView): boolean {
  const isFirst = view.app.sign_in === 'first' || view.isTouch || view.leavesToSignIn;
  return isFirst && view.snapshot.person === null && !view.ui.choosesFirst;
}
