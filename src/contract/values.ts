import * as v from 'valibot';

export { MB } from './mb.ts';

/** The small values that several schemas share. */

export const PROTOCOL = 1;

export const Id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{8,64}$/));
export const AppId = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{1,62}$/));
export const Time = v.pipe(v.string(), v.isoTimestamp());
export const Bytes = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** SHA-256 of 32 bytes in base64 (44 characters), as `x-amz-checksum-sha256` carries it. */
export const Sha256 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{43}=$/));

/** A digest as `Sha256` writes it. */
export const toBase64 = (digest: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(digest)));

/** 32 bytes in base64url without padding: secrets, challenges, thumbprints. */
export const Token256 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));

/** A link's secret: 256 bits in letters and digits only, so that no mail program cuts its end (base62, 43 characters). */
export const LinkToken = v.pipe(v.string(), v.regex(/^[A-Za-z0-9]{43}$/));

/** 8 characters of Crockford base32. Shown 4-4, opens nothing. */
export const Reference = v.pipe(v.string(), v.regex(/^[0-9A-HJKMNP-TV-Z]{8}$/));

export const MediaType = v.pipe(v.string(), v.maxLength(127), v.regex(/^[a-z0-9][a-z0-9.+-]*\/[a-z0-9][a-z0-9.+-]*$/));
export const isMediaType = (text: string): boolean => v.is(MediaType, text);

export const Email = v.pipe(v.string(), v.maxLength(254), v.email());
/** As a person writes it, domain in any script; the broker reads it further. RFC 5321 section 4.5.3.1.3. */
export const Recipient = v.pipe(v.string(), v.maxLength(254), v.regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/u));
export const isRecipient = (text: string): boolean => v.is(Recipient, text);

export const FileName = v.pipe(v.string(), v.minLength(1), v.maxLength(1024));

/** Characters of the folders that a file comes with. */
export const PATH_LENGTH = 1024;
/** Names of folders joined by '/', without the name of the file. What each may be is the policy's. */
export const FolderPath = v.pipe(v.string(), v.maxLength(PATH_LENGTH), v.regex(/^[^/]+(\/[^/]+)*$/u));

/** The same sentence per language; English is always there. */
export const Words = v.objectWithRest({ en: v.string() }, v.string());

/** A label for the builder's own use (case id, locale …). Allowed keys stand in the template. Never authority. */
export const Context = v.record(v.pipe(v.string(), v.maxLength(64)), v.pipe(v.string(), v.maxLength(256)));
export type Context = v.InferOutput<typeof Context>;
