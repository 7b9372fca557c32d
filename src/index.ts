/** The package's face. Importing it registers nothing; `secure-upload/define` does. */
export type { StoredFile } from './contract/uploads.ts';
export { RecipientConsent } from './elements/recipient-consent/recipient-consent.ts';
export { SecureUpload } from './elements/secure-upload/secure-upload.ts';
export { SendLink } from './elements/send-link/send-link.ts';
export { type ErrorCode, UploadError } from './errors.ts';
export * from './events.ts';
