/** Begins the fragment with which a page is come back to after its sign-in; `code` or `error`, `iss`, `state` and `app` follow. */
export const RETURN_MARK = '#secure-upload-sign-in&';
