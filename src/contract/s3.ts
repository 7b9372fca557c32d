import * as v from 'valibot';
import { Id, Time } from './values.ts';

/** Of the requests that @uppy/aws-s3 makes for an upload in parts those that its broker answers, in S3's XML. */
export const S3Act = v.picklist(['create', 'list', 'complete', 'abort']);
export type S3Act = v.InferOutput<typeof S3Act>;

/** `POST /v1/s3/tickets`: leave to read one answer about one upload of this person. */
export const AskS3Ticket = v.object({ upload: Id, act: S3Act });
export type AskS3Ticket = v.InferOutput<typeof AskS3Ticket>;

/** The one request that the ticket is for. It changes nothing, so it may be repeated until the ticket ends. Never logged. */
export const S3Ticket = v.object({ url: v.string(), headers: v.record(v.string(), v.string()), expires_at: Time });
export type S3Ticket = v.InferOutput<typeof S3Ticket>;
