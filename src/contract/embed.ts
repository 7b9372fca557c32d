import * as v from 'valibot';
import { Context, Id, Reference } from './values.ts';

/**
 * What a page and the broker's frame in it (`/embed/{app}`) say to each other. Either side reads a message only where its
 * origin is exactly the other's, its source is exactly the other's window, and all of it fits: nothing unknown passes.
 * A frame never tells of names, people or tokens; of what is stored it tells ids and receipts, as a form would carry them.
 */
export const EMBED_PROTOCOL = 'secure-upload-embed/1';

/** The most files that one form value may hold; an app's own limit is far below. */
const MOST_FILES = 10_000;
/** px. More than any box is high; a page is not to be stretched without end. */
const MOST_HEIGHT = 20_000;

const protocol = v.literal(EMBED_PROTOCOL);
/** Made by the page for each load of the frame: what an earlier load still says is not heard. */
const Session = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/));
const Pixels = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_HEIGHT));
const Codes = v.pipe(
  v.array(v.pipe(v.string(), v.regex(/^[a-z0-9_]{1,40}$/))),
  v.minLength(1),
  v.maxLength(MOST_FILES),
);

/** What a page may choose. None of it is authority: the broker judges a folder, and a context is a label. */
export const FrameSettings = v.strictObject({
  lang: v.pipe(v.string(), v.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$/)),
  scheme: v.picklist(['light', 'dark']),
  /** Height of the page's window: a frame that grows with its content cannot ask its own. */
  viewport: Pixels,
  inForm: v.boolean(),
  required: v.boolean(),
  disabled: v.boolean(),
  folder: v.optional(Id),
  context: v.optional(
    v.pipe(
      Context,
      v.check((context) => Object.keys(context).length <= 32),
    ),
  ),
});
export type FrameSettings = v.InferOutput<typeof FrameSettings>;

/** An upload's id and its signed receipt (JWS). */
export const FrameFile = v.strictObject({
  id: Id,
  receipt: v.pipe(v.string(), v.maxLength(8192), v.regex(/^[\w-]+\.[\w-]+\.[\w-]+$/)),
});
export type FrameFile = v.InferOutput<typeof FrameFile>;
const Files = v.pipe(v.array(FrameFile), v.maxLength(MOST_FILES));

/** From the page to the frame. `hello` is heard once in the life of a document. */
export const ToFrame = v.variant('type', [
  v.strictObject({
    protocol,
    type: v.literal('hello'),
    session: Session,
    settings: FrameSettings,
    /** What the form held when its page was left. */
    kept: v.optional(Files),
  }),
  v.strictObject({ protocol, type: v.literal('settings'), session: Session, settings: FrameSettings }),
  v.strictObject({ protocol, type: v.literal('reset'), session: Session }),
  /** The form was refused for what the frame has said of it: the box shows that, too. */
  v.strictObject({ protocol, type: v.literal('refused'), session: Session }),
]);
export type ToFrame = v.InferOutput<typeof ToFrame>;

/** From the frame to the page. */
export const FromFrame = v.variant('type', [
  v.strictObject({ protocol, type: v.literal('ready'), session: Session }),
  v.strictObject({ protocol, type: v.literal('height'), session: Session, px: Pixels }),
  /** The form's value, and why the form cannot be sent yet, in words for the person. */
  v.strictObject({
    protocol,
    type: v.literal('form'),
    session: Session,
    files: Files,
    invalid: v.nullable(
      v.strictObject({
        kind: v.picklist(['missing', 'busy']),
        message: v.pipe(v.string(), v.minLength(1), v.maxLength(400)),
      }),
    ),
  }),
  v.strictObject({ protocol, type: v.literal('done'), session: Session, reference: Reference, files: Files }),
  /** Nothing was sent for rejected files; failed ones could not be uploaded. A code for each. */
  v.strictObject({ protocol, type: v.literal('rejected'), session: Session, codes: Codes }),
  v.strictObject({ protocol, type: v.literal('failed'), session: Session, codes: Codes }),
]);
export type FromFrame = v.InferOutput<typeof FromFrame>;

/** One kind of message, as whoever sends it writes it: the rest is the same in all. */
export type Said<Message extends { readonly type: string }> = Message extends unknown
  ? Omit<Message, 'protocol' | 'session'>
  : never;
