import { figure, plural } from './plural.ts';
import { firstUploadEn } from './upload-first-en.ts';

const files = (n: number): string => plural('en-GB', n, { one: '# file', other: '# files' });
const minutes = (n: number): string => plural('en-GB', n, { one: '# minute', other: '# minutes' });

/** The words of the uploader. Names, sizes and dates come in as text that is ready to be read. */
export const uploadEn = {
  ...firstUploadEn,
  notUploadedYet: 'Upload the chosen files first, or remove them',
  stillUploading: 'Wait until your files are uploaded',

  // Stopped by the owner
  pausedHeading: 'Uploads are paused',
  pausedText: (org: string): string => `${org} has paused uploads here.`,
  checkAgain: 'Check again',
  closedHeading: 'This box is closed',
  closedText: (date: string, org: string): string =>
    `It closed on ${date}. Ask ${org} if you still need to send something.`,
  closedTextUndated: (org: string): string => `Ask ${org} if you still need to send something.`,

  opensNewPage: 'opens a new page',

  // Choosing
  addMore: 'Add more files',
  dropToAdd: (n: number): string => (n > 0 ? `Drop to add ${files(n)}` : 'Drop to add files'),
  notAcceptedHere: (kinds: string): string => `${kinds} are not accepted here`,

  // Signing in
  signIn: 'Sign in',
  signOut: 'Sign out',
  signedInAs: (person: string): string => `Signed in as ${person}`,
  finishSignIn: 'Finish signing in in the other window.',
  finishSignInTouch: 'Finish signing in in the new tab, then come back here.',
  showWindow: 'Show the window',
  blockedHeading: 'Your browser blocked the sign-in window',
  blockedText: (hasFiles: boolean): string => `Open it with this button.${hasFiles ? ' Your files stay here.' : ''}`,
  openSignIn: 'Open sign-in',
  cutOffHeading: 'The sign-in window cannot reach this page',
  cutOffText: 'Close it and sign in here. This page goes to the sign-in and comes back.',
  cutOffChooseAgain: 'Then choose your files again.',
  cutOffFramed: 'Close it and go on another way.',
  signInHere: 'Sign in on this page',
  leavingText: 'One moment. The sign-in opens on this page.',
  comingBackText: 'One moment. You are being signed in.',
  useCode: 'Use a code instead',
  codeHeading: 'Sign in on another page',
  codeOpen: 'Open',
  codeEnter: 'Enter',
  codeText: (until: string): string => `This page carries on by itself. The code works until ${until}.`,
  codeComing: 'One moment. Your code is being made.',
  codeSpoken: (address: string, code: string): string => `Open ${address} and enter ${code}`,
  copyAddress: 'Copy address',
  inAppHeading: 'Open this page in your browser',
  inAppText:
    'You are inside another app, where signing in does not work. Open its menu and choose “Open in browser”. Or copy the address.',
  copyPageAddress: 'Copy the address',
  goOn: 'Continue',
  formWaits: 'The form is sent when your files are uploaded.',
  doNotSendForm: 'Do not send yet',
  formNotSent: 'The form was not sent, because not all files are uploaded.',
  formNotSentEither: 'The form was not sent.',
  openOwnPage: 'Open this on its own page',
  signInNotFinished: 'The sign-in was not finished. Nothing was sent.',
  notNow: 'Not now',
  wrongAccountHeading: 'This account cannot upload here',
  wrongAccountText: (person: string, org: string): string =>
    `You are signed in as ${person}. ${org} has not given this account permission.`,
  useAnotherAccount: 'Use another account',
  ask: (org: string): string => `Ask ${org}`,
  contact: (org: string): string => `Contact ${org}`,
  signInAgainHeading: 'Sign in again to carry on',
  signInAgainText: (done: number, n: number): string =>
    `Your sign-in ended, for your safety. ${done} of ${files(n)} are uploaded, the rest wait here.`,
  finishLater: 'Finish later',
  restNotKept: 'What is not finished is not kept. Choose those files again next time.',

  // Looking through what was chosen
  sizeAndKind: (size: string, kind: string): string => `${size}, ${kind}`,
  locationRemoved: 'Location removed',
  madeSmaller: (size: string): string => `Made smaller, from ${size}`,
  preparing: 'Preparing',
  remove: 'Remove',
  removeFile: (name: string): string => `Remove ${name}`,
  removed: (name: string): string => `Removed ${name}.`,
  undo: 'Undo',
  chosen: (n: number, size: string): string => `${files(n)}, ${size}`,
  chosenSome: (n: number, size: string, refused: number): string =>
    `${files(n)}, ${size}. ${refused} cannot be uploaded.`,
  upload: (n: number): string => `Upload ${files(n)}`,
  uploadOther: (n: number): string => (n === 1 ? 'Upload the other one' : `Upload the other ${n}`),
  removeRefused: (n: number): string => (n === 1 ? 'Remove that one' : `Remove those ${n}`),
  allRefused: 'None of these files can be uploaded',
  chooseOther: 'Choose other files',
  overCount: (limit: number, n: number): string => `You can upload ${files(limit)} at a time. You chose ${n}.`,
  uploadFirst: (limit: number): string => (limit === 1 ? 'Upload the first one' : `Upload the first ${limit}`),
  chooseAgain: 'Choose again',
  yetToCome: (n: number): string =>
    n === 1 ? '1 more file waits. You can upload it next.' : `${n} more files wait. You can upload them next.`,
  yetOnDevice: (n: number): string =>
    n === 1
      ? '1 file was not uploaded yet. It is still on your device.'
      : `${n} files were not uploaded yet. They are still on your device.`,
  uploadNext: (limit: number): string => (limit === 1 ? 'Upload the next one' : `Upload the next ${limit}`),
  overTotal: (size: string, limit: string, rest: string): string =>
    `Together these files are ${size}. The limit is ${limit}. Remove ${rest} or more.`,
  roomShort: (size: string, rest: string): string => `These files need ${size}. There is room for ${rest}.`,
  uploadFitting: (n: number): string => (n === 1 ? 'Upload the one that fits' : `Upload the ${n} that fit`),
  roomLeft: (rest: string): string => `You have room for ${rest} more.`,
  almostFull: (rest: string): string => `Almost full. You have room for ${rest} more.`,
  chooseLeaveOut: 'Choose what to leave out',
  personFullHeading: 'You have used all of your space',
  personFullText: (org: string): string => `Your files are still on your device. Ask ${org} for more room.`,
  appFullHeading: 'There is no room for more files right now',
  appFullText: (org: string): string => `Your files are still on your device. ${org} has been told.`,
  noFolders: 'Folders are not accepted here. Choose the files in it.',
  hiddenSkipped: (n: number): string => (n === 1 ? '1 hidden file was left out.' : `${n} hidden files were left out.`),
  /** The name of a pasted picture; `time` is ready to stand in a file name. */
  screenshot: (time: string): string => `Screenshot ${time}`,
  readingFolder: (n: number): string => `Looking through the folder: ${files(n)} found`,
  wholeName: (name: string): string => `Show the whole name: ${name}`,

  // What is asked before an upload
  agreeHeading: 'Before you upload',
  agreeNeeded: 'Needed to upload',
  agreeChoice: 'Your choice',
  agreeMeaning: 'What this means',
  agreeMissing: (label: string): string => `Tick the box to upload: ${label}`,
  agreeChanged: 'This text has changed. Read it again before you upload.',

  // Long lists
  list: 'Chosen files',
  filterAll: (n: number): string => `All ${n}`,
  filterProblems: (n: number): string => `Problems ${n}`,
  tryAll: (n: number): string => (n === 1 ? 'Try it again' : `Try all ${n} again`),
  skipList: 'Skip the list',

  // Sending
  uploading: (done: number, n: number): string => `Uploading ${done} of ${files(n)}`,
  minutesLeft: (n: number): string => (n < 1 ? 'Less than a minute left' : `About ${minutes(n)} left`),
  hoursLeft: (n: number): string => `About ${plural('en-GB', n, { one: '# hour', other: '# hours' })} left`,
  sentOf: (sent: string, total: string): string => `${sent} of ${total}`,
  keepOpen: 'Keep this page open.',
  keepOpenAwake: 'Keep this page open. Your screen stays on.',
  waiting: 'Waiting',
  waitingForConnection: 'Waiting for a connection',
  waitingForSignIn: 'Waiting for you to sign in',
  finishing: 'Finishing',
  uploaded: 'Uploaded',
  uploadedSize: (size: string): string => `Uploaded, ${size}`,
  cancel: 'Cancel',
  cancelFile: (name: string): string => `Cancel ${name}`,
  cancelAll: 'Cancel all',
  stopFile: (name: string): string => `Stop ${name}? What was sent is deleted.`,
  stopAll: 'Stop all uploads? What was sent is deleted.',
  stop: 'Stop',
  keepGoing: 'Keep going',
  pause: 'Pause',
  pauseFile: (name: string): string => `Pause ${name}`,
  pauseAll: 'Pause all',
  carryOn: 'Carry on',
  carryOnFile: (name: string): string => `Carry on with ${name}`,
  allPausedHeading: 'Paused',
  allPausedText: (sent: string, total: string): string => `${sent} of ${total} sent. Nothing is lost.`,
  pausedAt: (sent: string, total: string): string => `Paused, ${sent} of ${total} sent`,
  tryNow: 'Try now',
  offlineHeading: 'You are offline',
  offlineText: 'We carry on by ourselves when the connection is back. What was sent is kept.',
  back: 'Your device paused the upload while you were away. Carrying on.',
  slow: 'Slow connection. Still trying.',
  busy: (wait: string): string => `Many people are uploading right now. We carry on in ${wait}.`,
  lessThanAMinute: 'less than a minute',
  aboutMinutes: (n: number): string => `about ${minutes(n)}`,

  noStorage: 'Your browser keeps nothing here (private window). Do not close this page while uploading.',

  // Uploads of an earlier visit
  unfinishedSignIn: (n: number): string =>
    n === 1
      ? 'You have an unfinished upload. Sign in to see it.'
      : `You have ${n} unfinished uploads. Sign in to see them.`,
  unfinishedHeading: (n: number): string => `You have ${n} unfinished ${n === 1 ? 'upload' : 'uploads'}`,
  unfinishedText: 'Choose the same file again. Only the missing part is sent.',
  unfinishedSentOn: (percent: string, date: string): string => `${percent} sent on ${date}`,
  unfinishedSentAgo: (percent: string, ago: string): string => `${percent} sent ${ago}`,
  leftAgo: (ago: string): string => `Your upload stopped ${ago}.`,
  leftOn: (date: string): string => `Your upload stopped on ${date}.`,
  leftArrived: (done: number, n: number): string => {
    if (done === 0) return n === 1 ? 'The file did not arrive.' : `None of the ${files(n)} arrived.`;
    return `${figure('en-GB', done, 0)} of ${files(n)} arrived.`;
  },
  leftChoose: (left: number, done: number): string => {
    if (done === 0) return left === 1 ? 'Choose it again.' : 'Choose them again.';
    return left === 1 ? 'Choose the other one again.' : 'Choose the others again.';
  },
  leftDone: (n: number): string =>
    n === 1 ? 'The file of your last upload arrived.' : `All ${files(n)} of your last upload arrived.`,
  hideThis: 'Hide this',
  chooseItAgain: 'Choose it again',
  deleteSent: 'Delete what was sent',
  deleteSentOf: (name: string): string => `Delete what was sent of ${name}`,
  deleteSentQuestion: (name: string): string => `Delete what was sent of ${name}?`,
  delete: 'Delete',
  keep: 'Keep',
  checkingSame: 'Checking that it is the same file',
  notSame: 'This is not the same file. Choose the original, or upload this one as new.',
  uploadAsNew: 'Upload as new',
  renamed: 'Same content, new name. Carrying on.',
  onlyMissing: 'Only the missing part is sent.',
  runningElsewhere: 'This upload is running in another tab.',
  moveHere: 'Move it here',
  tooOld: (kept: string): string => `This was not finished in ${kept} and has been deleted. Upload it again.`,
  /** A button's name for assistive technology: what it says, and which file it acts on. */
  buttonFor: (button: string, name: string): string => `${button}: ${name}`,

  // The end
  doneHeading: (n: number): string => `${files(n)} uploaded`,
  doneText: (org: string, n: number): string => `${org} has ${n === 1 ? 'it' : 'them'}. You can close this page.`,
  stillChecked: (n: number): string => (n === 1 ? '1 is still being checked.' : `${n} are still being checked.`),
  someHeld: (n: number): string => (n === 1 ? '1 is held.' : `${n} are held.`),
  someStopped: (n: number): string => (n === 1 ? '1 was stopped.' : `${n} were stopped.`),
  virusCheckOpen: 'Checking for viruses. You can close this page.',
  virusHeld: 'Held for a safety check. Nobody can open it for now.',
  virusHeldWhy: (org: string): string =>
    `This happens with files that have a password or are too deeply packed. ${org} has been told, and decides.`,
  virusStopped: 'Stopped. A virus check found something harmful in it. Nobody can open this file.',
  virusStoppedWhy: 'Check your device before you send files to anyone.',
  doneInForm: (n: number): string =>
    n === 1 ? '1 file added. It is sent with the form.' : `${files(n)} added. They are sent with the form.`,
  yourReference: 'Your reference',
  copy: 'Copy',
  copied: 'Copied',
  saveReceipt: 'Save receipt',
  sendToSomeone: 'Send to someone',
  linksSent: 'Links you sent',
  linksSentText: 'Sign in to see what became of them, to take one back or to send a new one.',
  uploadInstead: 'Back to the upload',
  uploadMore: 'Upload more files',
  uploadOneMore: 'Upload another file',
  details: 'Details',
  technicalCopy: 'Technical copy',
  fingerprint: 'Fingerprint (SHA-256)',
  fingerprintOfParts: (size: string): string => `Fingerprint (SHA-256 of parts of ${size})`,
  partHeading: (done: number, n: number): string => `${done} of ${files(n)} uploaded`,
  partText: (left: number): string =>
    left === 1
      ? '1 could not be uploaded. It is still on your device.'
      : `${left} could not be uploaded. They are still on your device.`,
  tryThose: (n: number): string => (n === 1 ? 'Try that one again' : `Try those ${n} again`),
  leaveOut: (n: number): string => (n === 1 ? 'Leave it out' : 'Leave them out'),
  notDoneHeading: (n: number): string =>
    n === 1 ? 'The file could not be uploaded' : 'The files could not be uploaded',
  notDoneText: (n: number): string =>
    n === 1 ? 'It is still on your device. Nothing was kept.' : 'They are still on your device. Nothing was kept.',
  tryAgain: 'Try again',
  tryFileAgain: (name: string): string => `Try ${name} again`,
  copyDetails: 'Copy details',

  // No box at all
  reference: (reference: string): string => `Reference ${reference}`,

  // More about your files
  whoGets: 'Who gets them',
  why: 'Why',
  where: 'Where they are kept',
  howLong: 'How long',
  howLongText: (kept: string): string => `${kept}, then deleted`,
  virusCheck: 'Checked for viruses',
  virusCheckYes: 'Yes, before anyone can open them',
  virusCheckNo: 'No',
  takeBack: 'Taking them back',
  takeBackText: (contact: string): string => `Ask ${contact}`,
  whySignIn: 'Why you sign in',
  whySignInText: (org: string): string => `So that ${org} knows who they are from, and nobody else can see them`,
  tracking: 'Does this box track you',
  trackingText: 'No',
  help: 'Help',

  // The receipt
  receipt: 'Receipt',
  receiptSentence: (n: number, org: string): string => `You uploaded ${files(n)} to ${org}`,
  receiptKept: (date: string, region: string): string => `Kept until ${date} in ${region}, then deleted`,
  agreedTo: (label: string): string => `Agreed to: ${label}`,
  agreedNotice: 'Fingerprint of the text you agreed to (SHA-256)',
  receiptFileName: (reference: string): string => `receipt-${reference}`,
  receiptNumber: 'Upload number',
  receiptKey: 'Signature key',
  receiptProof: 'The signed receipt of each file is in the technical copy.',

  // In a form

  // Announcements; what can be read anyway is announced in the words above
  added: (n: number, size: string): string => `${files(n)} added, ${size}.`,
  someRefused: (refused: number, n: number, name: string, why: string): string =>
    `${refused} of ${files(n)} cannot be uploaded: ${name}. ${why}`,
  manyRefused: (refused: number, n: number): string => `${refused} of ${files(n)} cannot be uploaded. See the list.`,
  removedUndo: (name: string): string => `Removed ${name}. Undo is available.`,
  signInOpened: 'Sign-in opened in a new window.',
  sending: (n: number): string => `Uploading ${files(n)}.`,
  quarterDone: 'A quarter done.',
  halfDone: 'Half done.',
  threeQuartersDone: 'Three quarters done.',
  filePaused: (name: string): string => `Paused ${name}.`,
  fileCarriesOn: (name: string): string => `Carrying on with ${name}.`,
  offlineSafe: 'You are offline. Nothing is lost.',
  connectedAgain: 'Connected again. Carrying on.',
  doneReference: (n: number, spelled: string): string => `${files(n)} uploaded. Your reference is ${spelled}.`,
  donePartly: (done: number, n: number): string =>
    `${done} of ${files(n)} uploaded. ${n - done} could not be uploaded.`,
} as const;

/** Any language gives the same keys with the same arguments. */
export type UploadWords = {
  readonly [Key in keyof typeof uploadEn]: (typeof uploadEn)[Key] extends string ? string : (typeof uploadEn)[Key];
};
