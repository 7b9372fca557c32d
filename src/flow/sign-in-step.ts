import type { AppDocument } from '../contract/app.ts';
import { asUploadError } from '../errors.ts';
import type { Identity, SignInTeller, SignInWay } from './ports.ts';
import type { ItemProblem } from './problem.ts';
import type { Person, SignInNote, SignInSnapshot, UploadPhase } from './upload-snapshot.ts';

export interface SignInEnd {
  readonly isSignedIn: boolean;
  /** Where the box goes back to. */
  readonly back: UploadPhase;
  readonly problem: ItemProblem | null;
}

const UPLOAD_SCOPE = 'uploads:create';

/** Who is signed in, the sign-in that is open, and how the last one came to nothing. */
export class SignInStep {
  person: Person | null = null;
  note: SignInNote | null = null;
  /** A call wants more than the token has (RFC 9470): the person stays, and signs in once more. */
  isStrongerNeeded = false;
  readonly #identity: Identity;
  readonly #changed: () => void;
  #open: OpenSignIn | null = null;

  constructor(identity: Identity, changed: () => void) {
    this.#identity = identity;
    this.#changed = changed;
  }

  get mayUpload(): boolean {
    return !this.isStrongerNeeded && this.isAllowed;
  }

  get isAllowed(): boolean {
    return this.person?.scopes.includes(UPLOAD_SCOPE) ?? false;
  }

  /** Null while none is open. */
  get snapshot(): SignInSnapshot | null {
    return this.#open?.shown ?? null;
  }

  /** Null while none is open. */
  get back(): UploadPhase | null {
    return this.#open?.back ?? null;
  }

  /** The box has moved on meanwhile. */
  returnTo(back: UploadPhase): void {
    if (this.#open) this.#open.back = back;
  }

  /** Opens the window in the same task. Null where it was dropped before its end. */
  open(app: AppDocument, back: UploadPhase, way: SignInWay): Promise<SignInEnd | null> {
    const open = openSignIn(back, way);
    const show = (more: Partial<SignInSnapshot>) => {
      if (this.#open !== open) return;
      open.shown = { ...open.shown, ...more };
      this.#changed();
    };
    const tell: SignInTeller = { cutOff: (isCutOff) => show({ isCutOff }), code: (code) => show({ code }) };
    return this.#follow(open, () => this.#identity.signIn(app, way, open.ending.signal, tell));
  }

  /** The end of one for which the page went away; null where there is none. */
  comeBack(app: AppDocument, back: UploadPhase): Promise<SignInEnd | null> | null {
    const open = openSignIn(back, 'back');
    const coming = this.#identity.comeBack(app, open.ending.signal);
    return coming && this.#follow(open, () => coming);
  }

  async #follow(open: OpenSignIn, act: () => Promise<Person>): Promise<SignInEnd | null> {
    this.#open = open;
    let outcome: { person: Person } | { error: unknown };
    try {
      outcome = { person: await act() };
    } catch (error) {
      outcome = { error };
    }
    if (this.#open !== open) return null;
    this.#open = null;
    if ('error' in outcome) {
      this.note = noteOf(outcome.error);
      return {
        isSignedIn: false,
        back: open.back,
        problem: this.note === 'not-finished' ? reason(outcome.error) : null,
      };
    }
    this.person = outcome.person;
    this.isStrongerNeeded = false;
    this.note = this.mayUpload ? null : 'wrong-account';
    return { isSignedIn: true, back: open.back, problem: null };
  }

  cancel(): void {
    this.#open?.ending.abort();
  }

  /** Ends it without a word. */
  drop(): void {
    this.cancel();
    this.#open = null;
  }
}

interface OpenSignIn {
  readonly ending: AbortController;
  back: UploadPhase;
  shown: SignInSnapshot;
}

function openSignIn(back: UploadPhase, way: SignInSnapshot['way']): OpenSignIn {
  return { ending: new AbortController(), back, shown: { way, isCutOff: false, code: null } };
}

function noteOf(error: unknown): SignInNote {
  const { code } = asUploadError(error, 'internal');
  if (code === 'popup_blocked') return 'popup-blocked';
  return code === 'sign_in_refused' ? 'refused' : 'not-finished';
}

/** A person who pressed "Cancel" or went away knows why; anything else is said. */
function reason(error: unknown): ItemProblem | null {
  const problem = problemOf(error);
  return problem.code === 'sign_in_cancelled' || problem.code === 'sign_in_timeout' ? null : problem;
}

export function problemOf(error: unknown): ItemProblem {
  const { code, problem } = asUploadError(error, 'internal');
  return { code, figures: problem?.figures };
}
