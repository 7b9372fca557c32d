import { QUIET_BOX, type UploadAct } from './act.ts';
import { APP, EMPTY, JO, STATES as UPLOAD } from './upload-states.ts';

/** What only whoever builds a page has at this address. */
const AT_HOME = { place: 'http://localhost:3000/contact' };
const tested = { ...EMPTY, person: JO, app: { ...APP, mode: 'test', retention_days: 1 } } as const;
const missing = (code: string) => ({ ...UPLOAD.unavailable, problem: { code, figures: { why: 'test' } } });

/** The panel that builders see after the box: each mistake with a page, and nothing of it for visitors. */
export const BUILT = {
  'setup-address': { ...QUIET_BOX, from: missing('origin_not_allowed') },
  'setup-no-origin': { ...QUIET_BOX, from: missing('origin_not_allowed'), around: { hasOrigin: false } },
  'setup-app-unknown': { ...QUIET_BOX, from: missing('app_unknown') },
  'setup-app-missing': { ...QUIET_BOX, from: UPLOAD.loading, attributes: { app: '' }, around: AT_HOME },
  'setup-broker-missing': {
    ...QUIET_BOX,
    from: UPLOAD.loading,
    attributes: { broker: 'broker.example' },
    around: AT_HOME,
  },
  'setup-quotes': { ...QUIET_BOX, from: missing('app_unknown'), attributes: { app: '“cs-screenshots”' } },
  'setup-broker-down': { ...QUIET_BOX, from: missing('broker_down'), around: { isReached: false } },
  'setup-broker-unexpected': { ...QUIET_BOX, from: missing('broker_unexpected') },
  'setup-old-version': { ...QUIET_BOX, from: missing('old_version') },
  'setup-policy': {
    ...QUIET_BOX,
    from: { ...tested, app: { ...tested.app, storage_origin: 'https://blocked.example' } },
    attributes: { folders: 'yes' },
  },
  'setup-storage-down': {
    ...QUIET_BOX,
    from: { ...UPLOAD.uploading, app: tested.app },
    later: { ...UPLOAD['part-done'], app: tested.app },
    around: { isReached: false },
  },
  'setup-window': {
    ...QUIET_BOX,
    from: { ...UPLOAD.review, app: tested.app, person: null },
    later: { ...UPLOAD['popup-blocked'], app: tested.app },
  },
  'setup-window-in-frame': {
    ...QUIET_BOX,
    from: { ...UPLOAD.review, app: tested.app, person: null },
    later: { ...UPLOAD['popup-blocked'], app: tested.app },
    around: { isFramed: true },
  },
  'setup-in-frame': { ...QUIET_BOX, from: { ...tested, person: null }, around: { isFramed: true } },
  'setup-not-secure': { ...QUIET_BOX, from: tested, around: { isSecure: false, place: 'http://www.mysite.com' } },
  'setup-narrow': { ...QUIET_BOX, from: tested, attributes: { class: 'very-narrow' } },
  'setup-settings': {
    ...QUIET_BOX,
    from: tested,
    attributes: { required: '', start: 'now', colour: 'red', context: '{case: 4711}' },
  },
  'setup-no-name': { ...QUIET_BOX, from: tested, form: 'around' },
  'setup-name-twice': {
    ...QUIET_BOX,
    from: tested,
    form: 'around',
    isTwice: true,
    attributes: { name: 'documents' },
  },
} as const satisfies Record<string, UploadAct>;
