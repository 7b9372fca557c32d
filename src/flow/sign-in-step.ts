import type { AppDocument } from '../contract/app.ts';
import { asUploadError } from '../errors.ts';
import type { Identity } from './ports.ts';
import type { ItemProblem, Person, SignInNote, UploadPhase } from './upload-snapshot.ts';

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
  readonly #identity: Identity;
  #open: { readonly ending: AbortController; back: UploadPhase } | null = null;

  constructor(identity: Identity) {
    this.#identity = identity;
  }

  get mayUpload(): boolean {
    return this.person?.scopes.includes(UPLOAD_SCOPE) ?? false;
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
  async open(app: AppDocument, back: UploadPhase): Promise<SignInEnd | null> {
    const open = { ending: new AbortController(), back };
    this.#open = open;
    let outcome: { person: Person } | { error: unknown };
    try {
      outcome = { person: await this.#identity.signIn(app, open.ending.signal) };
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
