/**
 * How the person gets to the sign-in: in a window that opens within their click, by the link that opens one where scripts
 * may not, by this page leaving and coming back, or with a code that they type on another page.
 */
export type SignInWay = 'window' | 'link' | 'page' | 'code';

/** What the person types, and where. */
export interface SignInCode {
  readonly code: string;
  readonly address: string;
  /** ms since epoch */
  readonly until: number;
}
