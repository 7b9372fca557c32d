/**
 * The calls of protocol 1 as data: the broker mounts them, the client calls them, the OpenAPI document and the list of
 * public routes are made from them. `auth` says which proof a route demands.
 */
import type * as v from 'valibot';
import { EndAccess, EndedAccess } from './access.ts';
import { Agreements, GiveAgreement } from './agreements.ts';
import { AppDocument } from './app.ts';
import { CreateFolder, FileList, FileUrl, Folder } from './files.ts';
import {
  Claimed,
  CodeState,
  Cover,
  Decide,
  Decided,
  LinkList,
  MadeLink,
  MakeLink,
  OpenLink,
  Verified,
  VerifyCode,
  Withdrawn,
} from './links.ts';
import { AskS3Ticket, S3Ticket } from './s3.ts';
import type { Scope } from './scopes.ts';
import { CollectedSignIn, CollectSignIn } from './sign-in.ts';
import {
  CompletedUploads,
  CompleteUploads,
  SignedParts,
  SignParts,
  StartedUploads,
  StartUploads,
  UploadStatus,
} from './uploads.ts';

export interface RouteFacts {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  /** `none`: anyone · `proof`: a DPoP proof alone · `token`: access token and proof · `recipient`: recipient token and proof */
  readonly auth: 'none' | 'proof' | 'token' | 'recipient';
  readonly scope?: Scope;
  /** It keeps to the folders and uploads that a token was narrowed to; other calls refuse such a token. */
  readonly keeps_within?: true;
  readonly request?: v.GenericSchema;
  readonly response?: v.GenericSchema;
  readonly status: 200 | 201 | 204;
  readonly idempotent?: true;
}

export const ROUTES = {
  app: {
    method: 'GET',
    path: '/v1/apps/:app',
    summary: 'What the element must know before sign-in',
    auth: 'none',
    response: AppDocument,
    status: 200,
  },
  collectSignIn: {
    method: 'POST',
    path: '/v1/sign-in/collect',
    summary: 'Collect the code of a sign-in (long poll)',
    auth: 'proof',
    request: CollectSignIn,
    response: CollectedSignIn,
    status: 200,
  },
  agreements: {
    method: 'GET',
    path: '/v1/agreements',
    summary: 'What uploaders are asked, and what this person said',
    auth: 'token',
    scope: 'uploads:create',
    response: Agreements,
    status: 200,
  },
  agree: {
    method: 'POST',
    path: '/v1/agreements',
    summary: 'Agree, or not, to what was shown before an upload',
    auth: 'token',
    scope: 'uploads:create',
    request: GiveAgreement,
    response: Agreements,
    status: 201,
  },
  startUploads: {
    method: 'POST',
    path: '/v1/uploads',
    summary: 'Start 1 to 100 uploads; quota is reserved',
    auth: 'token',
    scope: 'uploads:create',
    keeps_within: true,
    request: StartUploads,
    response: StartedUploads,
    status: 201,
    idempotent: true,
  },
  signParts: {
    method: 'POST',
    path: '/v1/uploads/parts',
    summary: 'Fresh grants for an open upload',
    auth: 'token',
    scope: 'uploads:create',
    keeps_within: true,
    request: SignParts,
    response: SignedParts,
    status: 200,
  },
  completeUploads: {
    method: 'POST',
    path: '/v1/uploads/complete',
    summary: 'Check what was stored and settle',
    auth: 'token',
    scope: 'uploads:create',
    keeps_within: true,
    request: CompleteUploads,
    response: CompletedUploads,
    status: 200,
    idempotent: true,
  },
  uploadStatus: {
    method: 'GET',
    path: '/v1/uploads/:id',
    summary: 'State of an upload',
    auth: 'token',
    scope: 'uploads:create',
    keeps_within: true,
    response: UploadStatus,
    status: 200,
  },
  abortUpload: {
    method: 'DELETE',
    path: '/v1/uploads/:id',
    summary: 'Abort an upload',
    auth: 'token',
    scope: 'uploads:create',
    keeps_within: true,
    status: 204,
  },
  s3Ticket: {
    method: 'POST',
    path: '/v1/s3/tickets',
    summary: 'For an Uppy with @uppy/aws-s3: leave to read one answer in the XML of S3',
    auth: 'token',
    scope: 'uploads:create',
    request: AskS3Ticket,
    response: S3Ticket,
    status: 200,
  },
  createFolder: {
    method: 'POST',
    path: '/v1/folders',
    summary: 'Create a folder',
    auth: 'token',
    scope: 'uploads:create',
    request: CreateFolder,
    response: Folder,
    status: 201,
  },
  listFiles: {
    method: 'GET',
    path: '/v1/files',
    summary: 'List files',
    auth: 'token',
    scope: 'files:read',
    keeps_within: true,
    response: FileList,
    status: 200,
  },
  fileUrl: {
    method: 'POST',
    path: '/v1/files/:id/url',
    summary: 'A signed address for one file',
    auth: 'token',
    scope: 'files:read',
    keeps_within: true,
    response: FileUrl,
    status: 200,
  },
  deleteFile: {
    method: 'DELETE',
    path: '/v1/files/:id',
    summary: 'Delete a file',
    auth: 'token',
    scope: 'files:delete',
    keeps_within: true,
    status: 204,
  },
  makeLink: {
    method: 'POST',
    path: '/v1/links',
    summary: 'Send a one-time link',
    auth: 'token',
    scope: 'links:create:internal',
    keeps_within: true,
    request: MakeLink,
    response: MadeLink,
    status: 201,
  },
  listLinks: {
    method: 'GET',
    path: '/v1/links',
    summary: 'Links of this person',
    auth: 'token',
    scope: 'links:create:internal',
    response: LinkList,
    status: 200,
  },
  takeBackLink: {
    method: 'DELETE',
    path: '/v1/links/:id',
    summary: 'Take a link back',
    auth: 'token',
    scope: 'links:create:internal',
    status: 204,
  },
  endAccess: {
    method: 'POST',
    path: '/v1/access/end',
    summary: 'End at once what one person, or everybody, has at this app',
    auth: 'token',
    scope: 'access:end',
    request: EndAccess,
    response: EndedAccess,
    status: 200,
  },
  notice: {
    method: 'POST',
    path: '/v1/recipient/notice',
    summary: 'Who sends what, before proof',
    auth: 'none',
    request: OpenLink,
    response: Cover,
    status: 200,
  },
  sendCode: {
    method: 'POST',
    path: '/v1/recipient/code',
    summary: 'Mail a code to the recipient',
    auth: 'none',
    request: OpenLink,
    response: CodeState,
    status: 200,
  },
  verifyCode: {
    method: 'POST',
    path: '/v1/recipient/verify',
    summary: 'Prove who is reading',
    auth: 'proof',
    request: VerifyCode,
    response: Verified,
    status: 200,
  },
  decide: {
    method: 'POST',
    path: '/v1/recipient/decide',
    summary: 'Accept or decline',
    auth: 'recipient',
    request: Decide,
    response: Decided,
    status: 200,
  },
  claim: {
    method: 'POST',
    path: '/v1/recipient/claim',
    summary: 'Fetch the files; the first call uses the link up',
    auth: 'recipient',
    response: Claimed,
    status: 200,
  },
  withdraw: {
    method: 'POST',
    path: '/v1/recipient/withdraw',
    summary: 'Withdraw an answer',
    auth: 'recipient',
    response: Withdrawn,
    status: 200,
  },
} as const satisfies Record<string, RouteFacts>;
