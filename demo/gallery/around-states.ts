import { QUIET_BOX, type UploadAct } from './act.ts';
import { JO, STATES as UPLOAD } from './upload-states.ts';

const framed = { isFramed: true };
const inApp = { isInApp: true };

/** What the page around the box, its form and its device bring about. */
export const AROUND = {
  'not-secure': {
    ...QUIET_BOX,
    from: UPLOAD.ready,
    around: { isSecure: false, place: 'http://www.mysite.com/contact' },
  },
  'blocked-in-frame': { ...QUIET_BOX, from: UPLOAD['popup-blocked-with-code'], around: framed },
  'cut-off-in-frame': {
    ...QUIET_BOX,
    from: { ...UPLOAD['signing-in-cut-off'], app: UPLOAD['popup-blocked-with-code'].app },
    around: framed,
  },
  'not-finished-in-frame': { ...QUIET_BOX, from: UPLOAD['not-finished'], around: framed },
  'in-app': { ...QUIET_BOX, from: UPLOAD['popup-blocked'], around: inApp },
  'in-app-cut-off': { ...QUIET_BOX, from: UPLOAD['signing-in-cut-off'], around: inApp },
  'in-app-copied': { ...QUIET_BOX, from: UPLOAD['popup-blocked'], press: ['.note .button.primary'], around: inApp },
  back: { ...QUIET_BOX, from: UPLOAD.uploading, sleeps: true },
  'very-narrow': { ...QUIET_BOX, from: UPLOAD.ready, attributes: { class: 'very-narrow' } },

  'form-empty': { ...QUIET_BOX, from: UPLOAD.ready, form: 'around', attributes: { name: 'documents', required: '' } },
  'form-missing': { ...QUIET_BOX, from: UPLOAD.ready, form: 'asked', attributes: { name: 'documents', required: '' } },
  'form-not-uploaded': { ...QUIET_BOX, from: UPLOAD.review, form: 'asked', attributes: { name: 'documents' } },
  'form-sending': { ...QUIET_BOX, from: UPLOAD.uploading, form: 'asked', attributes: { name: 'documents' } },
  'form-waits': {
    ...QUIET_BOX,
    from: UPLOAD.uploading,
    form: 'submitted',
    attributes: { name: 'documents', submit: 'wait' },
  },
  'form-not-sent': {
    ...QUIET_BOX,
    from: UPLOAD.uploading,
    form: 'submitted',
    attributes: { name: 'documents', submit: 'wait' },
    later: UPLOAD['part-done'],
  },
  'form-not-sent-stopped': {
    ...QUIET_BOX,
    from: UPLOAD.uploading,
    form: 'submitted',
    attributes: { name: 'documents', submit: 'wait' },
    later: UPLOAD.review,
  },
  'form-done': { ...QUIET_BOX, from: UPLOAD.done, form: 'around', attributes: { name: 'documents' } },
  'form-done-one': {
    ...QUIET_BOX,
    from: { ...UPLOAD.done, person: JO, items: UPLOAD.done.items.slice(0, 1) },
    form: 'around',
    attributes: { name: 'documents' },
  },
} as const satisfies Record<string, UploadAct>;
