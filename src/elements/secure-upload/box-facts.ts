/** What the tag and the page around it say of a box. */
export interface BoxFacts {
  /** Switched off by the page or its fieldset. */
  readonly isOff: boolean;
  /** Has a name and stands in a form. */
  readonly isInForm: boolean;
  /** `sign-in="redirect"` */
  readonly leavesToSignIn: boolean;
}
