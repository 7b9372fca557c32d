export { ProblemBody, ProblemFigures } from './problem-body.ts';

/**
 * Every refusal of the wire: code → HTTP status, and what to do. `person` is for whoever is uploading or receiving,
 * `owner` for whoever runs the page (never shown to a visitor). Both are plain words; the elements have wording of
 * their own by code and fall back to these only for a code they do not know.
 */
export const PROBLEMS = {
  // The request itself
  bad_request: p(
    400,
    'Reload the page and try again.',
    'The request does not fit the contract. Check the versions of script and broker.',
  ),
  body_large: p(413, 'Reload the page and try again.', 'The request body is larger than the broker reads.'),
  not_found: p(404, 'Reload the page and try again.', 'Nothing with this id belongs to this app and person.'),
  slow_down: p(429, 'Wait a moment. The box carries on by itself.', 'A rate limit was reached.'),
  idempotency_busy: p(
    409,
    'Wait a moment. The box carries on by itself.',
    'The first request with this key is still running.',
  ),
  idempotency_mismatch: p(422, 'Reload the page and try again.', 'One Idempotency-Key was used with two bodies.'),
  internal: p(500, 'Try again in a few minutes.', 'Look for the request id in the log of the broker.'),
  store_down: p(503, 'Try again in a few minutes.', 'The broker cannot reach the storage.'),
  bucket_unsafe: p(
    503,
    'Try again later.',
    'The storage doctor found that this bucket does not enforce what is signed. Run "secure-upload doctor".',
  ),

  // The app and the page
  app_unknown: p(404, 'Try again later.', 'There is no app with this name at this broker. Copy the lines again.'),
  origin_not_allowed: p(
    403,
    'Try again later.',
    'The address of this page is not on the list of the app. Add it to the "origins" of the app.',
  ),
  app_paused: p(403, 'Try again later, or ask the organisation.', 'Uploads are paused for this app.'),
  app_closed: p(403, 'Ask the organisation.', 'This app is closed.'),

  // The person
  sign_in_needed: p(401, 'Sign in.', 'The request came without an access token.'),
  sign_in_ended: p(
    401,
    'Sign in again. Your files stay where they are.',
    'The access token is over, revoked or made for another audience.',
  ),
  sign_in_refused: p(
    403,
    'Ask the organisation if you should have access.',
    'This person is not among those allowed for the app.',
  ),
  sign_in_lost: p(400, 'Try to sign in again.', 'The sign-in took too long, or was opened twice.'),
  stronger_sign_in: p(
    401,
    'Confirm once more who you are.',
    'The call needs a stronger or a fresher sign-in than the token has (RFC 9470).',
  ),
  proof_refused: p(
    401,
    'Set the clock of your device to automatic and try again.',
    'The DPoP proof does not fit (RFC 9449 section 4.3).',
  ),
  clock: p(
    401,
    'Set the clock of your device to automatic and try again.',
    "The time in the DPoP proof is more than 5 minutes from the broker's (RFC 9449 section 11.1).",
  ),
  proof_nonce: p(401, 'Try again.', 'The DPoP proof needs the nonce of this answer (RFC 9449 section 9).'),
  not_allowed: p(
    403,
    'Use another account, or ask the organisation.',
    'The account does not have the scope that this call needs.',
  ),

  consent_needed: p(
    403,
    'Tick the boxes that are needed.',
    'The template has purposes that are needed, and this person has not agreed to them (POST /v1/agreements, /v1/recipient/decide).',
  ),

  // A file
  file_type: p(422, 'Choose another kind of file.', 'Allow more kinds in the template.'),
  file_mismatch: p(
    422,
    'Save the file as what its name says, or ask for the right file.',
    'Name and content differ. Allowing it is not recommended.',
  ),
  file_active: p(
    422,
    'Choose another file. Programs are not accepted.',
    'Files that can run programs are never accepted.',
  ),
  file_large: p(422, 'Choose a smaller file.', 'Raise the limit per file in the template.'),
  file_small: p(422, 'Choose a larger file.', 'Lower the smallest size in the template.'),
  file_dimensions: p(422, 'Choose a smaller version of the picture.', 'Raise the largest picture in the template.'),
  file_heic: p(422, 'On the iPhone choose Options, then Most Compatible.', 'Allow HEIC in the template.'),
  file_metadata: p(
    422,
    'Take a screenshot of the picture and choose that.',
    'The template demands that metadata is removed, and this kind of file or this very file does not allow it.',
  ),
  file_empty: p(422, 'Open the file once to check it, then choose it again.', 'Empty files are not accepted.'),
  file_name: p(
    422,
    'Rename the file and choose it again.',
    'The name is too long, has hidden characters, a slash, a word that Windows keeps, or a lookalike ending.',
  ),
  file_duplicate: p(422, 'This file is in the list already.', 'The same file was chosen twice.'),
  file_unreadable: p(422, 'Choose the file again.', 'The browser could not read the file.'),
  file_changed: p(422, 'Choose the file again.', 'The file was changed on the device while it was sent.'),
  folder: p(422, 'Choose the files in the folder.', 'Folders are not accepted by this template.'),
  damaged: p(422, 'Try again, if you can from another network.', 'What was stored differs from what was granted.'),
  grant_refused: p(403, 'Try again in a few minutes.', 'The storage refused the grant. Run "secure-upload doctor".'),
  not_stored_yet: p(409, 'Wait a moment. The box carries on by itself.', 'The object is not in the storage yet.'),
  upload_over: p(410, 'Choose the file again.', 'The upload was aborted or its life has ended.'),

  // A batch and the room left
  too_many: p(422, 'Choose fewer files.', 'Raise the number of files at a time in the template.'),
  total_large: p(422, 'Choose fewer or smaller files.', 'Raise the total size in the template.'),
  person_full: p(409, 'Ask for more room.', 'Raise the room per person, or shorten how long files are kept.'),
  app_full: p(
    409,
    'Try again later. The organisation has been told.',
    'Raise the limit of the app, or shorten how long files are kept.',
  ),

  // A link
  link_unknown: p(404, 'Open the link from the email again.', 'No link has this token.'),
  link_expired: p(410, 'Ask for a new link.', 'The link was open until its date.'),
  link_used: p(
    410,
    'Ask for a new link. If it was not you, tell the sender.',
    'The files were collected by another page.',
  ),
  link_taken_back: p(410, 'Ask the sender.', 'The sender took the link back.'),
  link_renewed: p(410, 'Open the link of the newest email.', 'The sender replaced the link with a new one.'),
  link_declined: p(409, 'Show the details again to accept.', 'The recipient declined.'),
  withdrawn: p(410, 'Ask the sender for a new link.', 'The recipient withdrew.'),
  code_wrong: p(403, 'Check that you use the newest email.', 'A wrong code was entered.'),
  code_old: p(410, 'Send a new code.', 'The code is older than its life, or was replaced.'),
  code_format: p(400, 'Enter the 8 digits of the code.', 'A code has 8 digits.'),
  code_locked: p(429, 'Wait an hour, or ask for a new link.', '15 wrong codes. The link itself stays open.'),
  mail_limit: p(429, 'Wait until the time shown, then ask for another code.', '3 codes an hour were sent.'),
  mail_down: p(503, 'Try again in a few minutes.', 'The mail server did not take the message.'),
  notice_stale: p(409, 'Read the details again before you decide.', 'The notice shown is not the current one.'),
  not_a_person: p(403, 'Press the button again.', 'The decision came from a script, not from a press.'),
  other_mailbox: p(
    403,
    'Use the account of the address that the email went to, or ask for a code.',
    'The account has another address than the one the link was sent to.',
  ),
  window_unopened: p(
    409,
    'Press Download first. Its time begins then, and can be made longer once.',
    'This key has claimed nothing yet: call POST /v1/recipient/claim, then extend.',
  ),
  window_extended: p(409, 'Download what is missing before the time shown.', 'The delivery window was extended once.'),
  purpose_plain: p(
    422,
    'Say what it is for in plain words: no addresses of pages or mailboxes, nothing hidden.',
    "The purpose stands in our mail, which must carry nobody else's link.",
  ),
  address_letters: p(
    422,
    'We cannot send to these letters before the @. Ask for another address of the person.',
    'The local part of an address must be ASCII (RFC 5321 section 4.1.2); the domain may be in any script.',
  ),
  outside_consent_needed: p(
    403,
    'Read what sending outside the organisation means and say yes, then send.',
    'Every link to an outside address needs the recorded consent of its sender (POST /v1/links/recipient has the words).',
  ),
  mails_stopped: p(
    409,
    'This address does not want mails. Reach the person another way.',
    'The recipient stopped mails of this app with the link in one of them.',
  ),
  address_busy: p(
    429,
    'This address had enough mails for now. Try again at the time shown.',
    'The limit of mails an hour to one address was reached.',
  ),
  sender_busy: p(
    429,
    'You have sent as many links as a day allows. Try again at the time shown.',
    'The limit of mails a day of one sender was reached.',
  ),
  window_over: p(410, 'Ask for a new link.', 'The delivery window is over.'),
} as const satisfies Record<string, ProblemFacts>;

interface ProblemFacts {
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 500 | 503;
  readonly person: string;
  readonly owner: string;
}

function p<S extends ProblemFacts['status']>(status: S, person: string, owner: string) {
  return { status, person, owner } as const;
}

export type ProblemCode = keyof typeof PROBLEMS;

export function isProblemCode(code: unknown): code is ProblemCode {
  return typeof code === 'string' && Object.hasOwn(PROBLEMS, code);
}
