import { lateTemplates } from '../../../src/elements/secure-upload/late-templates.ts';
import { QUIET_UI } from '../../../src/elements/secure-upload/ui.ts';
import type { LateTemplates, View } from '../../../src/elements/secure-upload/view.ts';
import type { UploadSnapshot } from '../../../src/flow/upload-snapshot.ts';
import { formatsFor } from '../../../src/i18n/format.ts';
import { uploadCatalogue } from '../../../src/i18n/upload-catalogue.ts';
import { APP, NO_LINKS, RecordedFlow } from './fixtures.ts';

const nothing = (): void => {};

/** What the templates would draw from, without an element. */
export function viewOf(snapshot: UploadSnapshot, more: Partial<View> = {}): View {
  const { words: catalogue } = uploadCatalogue.for('en');
  const view: View = {
    snapshot,
    app: snapshot.app ?? APP,
    flow: new RecordedFlow(snapshot),
    links: NO_LINKS,
    acts: {
      unfinished: {
        choose: nothing,
        picked: nothing,
        carryOn: nothing,
        moveHere: nothing,
        uploadAsNew: nothing,
        cancel: nothing,
        delete: nothing,
        deleteNow: nothing,
        keep: nothing,
      },
      hideLeft: nothing,
      pick: nothing,
      chooseOther: nothing,
      closeAbout: nothing,
      chooseFirst: nothing,
      signIn: nothing,
      signOut: nothing,
      remove: nothing,
      pauseOrCarryOn: nothing,
      pauseAll: nothing,
      carryOn: nothing,
      cancel: nothing,
      cancelAll: nothing,
      stop: nothing,
      keepGoing: nothing,
      closeNote: nothing,
      removeRefused: nothing,
      uploadFirst: nothing,
      uploadNext: nothing,
      uploadFitting: nothing,
      checkAgain: nothing,
      upload: nothing,
      useAnotherAccount: nothing,
      uploadMore: nothing,
      undoRemove: nothing,
      sendToSomeone: nothing,
      closeLinkSender: nothing,
      listLinks: nothing,
      closeLinks: nothing,
      signInForLink: nothing,
      copyAddress: nothing,
      copyReference: nothing,
      copyDetails: nothing,
      saveReceipt: nothing,
      saveTechnicalCopy: nothing,
      patch: nothing,
    },
    ui: QUIET_UI,
    catalogue,
    families: catalogue.families,
    get late(): LateTemplates {
      return lateTemplates(view);
    },
    words: catalogue.words,
    formats: formatsFor('en'),
    lang: 'en',
    now: Date.parse('2026-11-21T13:05:00Z'),
    isTouch: false,
    isInForm: false,
    isAwake: false,
    formFault: '',
    isFramed: false,
    isInApp: false,
    leavesToSignIn: false,
    uploadPage: 'https://broker.example/u/cs-screenshots',
  };
  return Object.assign(view, more);
}
