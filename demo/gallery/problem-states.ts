import type { ProblemFigures } from '../../src/contract/problems.ts';
import type { ItemSnapshot } from '../../src/flow/upload-snapshot.ts';
import { QUIET_BOX, type UploadAct } from './act.ts';
import { EMPTY, item, JO, PHOTO, STATES as UPLOAD } from './upload-states.ts';

const MB = 1024 * 1024;

const refused = (name: string, type: string, code: string, figures?: ProblemFigures): ItemSnapshot =>
  item(name, 3 * MB, type, 'refused', { problem: { code, ...(figures && { figures }) } });
const review = (...items: readonly ItemSnapshot[]): UploadAct => ({
  ...QUIET_BOX,
  from: { ...UPLOAD.review, items: [PHOTO, ...items] },
});
const named = (name: string, figures?: ProblemFigures) => refused(name, 'image/png', 'file_name', figures);

/** As the batch ends: each file with a reason of its own. */
const notIn = (...codes: readonly (string | readonly [string, ProblemFigures])[]): UploadAct => {
  const items = codes.map((one, i) => {
    const [code, figures] = typeof one === 'string' ? [one] : one;
    return item(`scan-${i + 1}.jpg`, 2 * MB, 'image/jpeg', 'not-done', {
      problem: { code, ...(figures && { figures }) },
    });
  });
  return { ...QUIET_BOX, from: { ...EMPTY, person: JO, phase: 'not-done', items } };
};
const notSignedIn = (code: string): UploadAct => ({
  ...QUIET_BOX,
  from: { ...UPLOAD['not-finished'], problem: { code } },
});
/** Every reason why a file, a batch or a sign-in does not go on, in the words that people read. */
export const PROBLEMS = {
  refused: review(
    refused('IMG_2043.heic', 'image/heic', 'file_heic'),
    { ...refused('poster.png', 'image/png', 'file_large'), size: 15.02 * MB },
    refused('report.pdf', 'application/pdf', 'file_mismatch', { named: 'pdf', found: 'zip' }),
    refused('drawing.svg', 'image/svg+xml', 'file_active', { why: 'script' }),
  ),
  'refused-pictures': review(
    refused('passport.jpg', 'image/jpeg', 'file_small', { limit: 600, width: 320, height: 240 }),
    { ...refused('icon.png', 'image/png', 'file_small', { limit: 20_480 }), size: 1024 },
    refused('panorama.jpg', 'image/jpeg', 'file_dimensions', { limit: 8000, width: 14_200, height: 3600, why: 'edge' }),
    refused('map.png', 'image/png', 'file_dimensions', {
      ...{ limit: 50_000_000, width: 12_000, height: 9000, why: 'pixels' },
    }),
    refused('broken.jpg', 'image/jpeg', 'file_dimensions'),
    refused('portrait.jpg', 'image/jpeg', 'file_metadata'),
  ),
  'refused-files': review(
    { ...refused('notes.png', 'image/png', 'file_empty'), size: 0 },
    refused('on-a-stick.jpg', 'image/jpeg', 'file_unreadable'),
    refused('report.png', 'image/png', 'file_changed'),
    { ...refused('IMG_2041.jpg', 'image/jpeg', 'file_duplicate'), key: 'chosen-again' },
    refused('archive.png', 'image/png', 'file_mismatch', { named: 'png', found: 'zip', why: 'inside' }),
    refused('unclear.jpg', 'image/jpeg', 'file_mismatch'),
  ),
  'refused-names': review(
    named('.png', { why: 'blank' }),
    named('a/b.png', { why: 'path' }),
    named('CON.png', { why: 'reserved' }),
    named('photo.рng', { why: 'lookalike', named: '.png' }),
    named(`${'long-'.repeat(48)}end.png`, { limit: 200 }),
    named('invoice\u202Egpj.exe.png'),
  ),
  'refused-active': review(
    refused('letter.docm', 'application/vnd.ms-word.document.macroEnabled.12', 'file_active', { why: 'macros' }),
    refused('page.html', 'text/html', 'file_active', { why: 'page' }),
    refused('logo.svg', 'image/svg+xml', 'file_active', { why: 'outside' }),
    refused('plan.svg', 'image/svg+xml', 'file_active', { why: 'unseen' }),
    refused('holiday.gif', 'image/gif', 'file_active', { why: 'inside', found: 'text/javascript' }),
    refused('setup.exe', 'application/x-msdownload', 'file_active'),
  ),
  'not-in-files': notIn('damaged', 'not_stored_yet', 'upload_over', 'grant_refused', 'cancelled', 'elsewhere'),
  'not-in-service': notIn('slow_down', 'offline', 'store_down', 'broker_unexpected', 'internal', 'idempotency_busy'),
  'not-in-contract': notIn('bad_request', 'body_large', 'not_found', 'idempotency_mismatch', 'bucket_unsafe'),
  'not-in-app': notIn('app_unknown', 'origin_not_allowed', 'app_paused', 'app_closed', 'old_version', 'blocked_page'),
  'not-in-person': notIn(...['sign_in_needed', 'sign_in_ended', 'proof_nonce', 'not_allowed', 'proof_refused'], [
    'clock',
    { minutes: 12 },
  ]),
  'sign-in-mixed': notSignedIn('sign_in_mixed'),
  'sign-in-unreachable-chosen': notSignedIn('broker_down'),
  'sign-in-lost': notSignedIn('sign_in_lost'),
  'sign-in-unkept': notSignedIn('sign_in_unkept'),
  'sign-in-clock': notSignedIn('clock'),
  'agree-not-saved': { ...QUIET_BOX, from: { ...UPLOAD['agree-ticked'], problem: { code: 'broker_down' } } },
} as const satisfies Record<string, UploadAct>;
