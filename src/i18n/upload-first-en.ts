/** The words of the uploader's first paint. Names, sizes and dates come in as text that is ready to be read. */
export const firstUploadEn = {
  loading: 'Loading the upload box',
  heading: 'Upload files',
  switchedOff: 'Uploads are switched off on this page',
  testMode: (kept: string): string => `Test mode. Files are deleted after ${kept}.`,
  oneDay: '24 hours',
  promise: (org: string, kept: string, region: string): string => `Goes to ${org}. Kept for ${kept} in ${region}.`,
  openPage: 'Open the upload page',
  dropFiles: 'Drop files here, or',
  dropFile: 'Drop a file here, or',
  chooseFiles: 'Choose files',
  chooseFolder: 'Choose a folder',
  chooseFile: 'Choose a file',
  chooseFilesFirst: 'Choose files first',
  takePhoto: 'Take a photo',
  hint: (families: string, max: string, count: string): string =>
    `${families}, up to ${max} each, ${count}\u00a0at a time`,
  hintOne: (families: string, max: string): string => `${families}, up to ${max}`,
  willSignIn: (provider: string, guests?: boolean): string =>
    `You'll sign in with ${provider}${guests ? ' or by email' : ''} before anything is sent.`,
  signInNow: 'Sign in now',
  signInWith: (provider: string): string => `Sign in with ${provider}`,
  unavailableHeading: 'Uploads are not available here right now',
  unavailableText: 'Nothing is wrong with your files. Try again later.',
  notSecureHeading: 'This page cannot upload files safely',
  openSecurePage: 'Open the secure page',
  oldVersion: 'This page uses an old upload box. Reload the page.',
  reload: 'Reload the page',
  more: 'More about your files',
  fileMissing: 'Choose at least one file',
} as const;

/** Any language gives the same keys with the same arguments. */
export type FirstUploadWords = {
  readonly [Key in keyof typeof firstUploadEn]: (typeof firstUploadEn)[Key] extends string
    ? string
    : (typeof firstUploadEn)[Key];
};
