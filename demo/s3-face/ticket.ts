import { hkdfSync } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import * as v from 'valibot';
import { AppId, Id, S3Act } from '../../src/contract/index.ts';
import { Problem } from '../base/problem.ts';

/** Seconds: the three repeats of @uppy/aws-s3 are over after about one. */
const TICKET_S = 60;

/** What a ticket opens: one answer about one upload, for one person, asked for from one page. */
export const Ticket = v.object({
  app: AppId,
  /** The opaque `sub` of the access token that it was asked for with. */
  sub: v.string(),
  upload: Id,
  act: S3Act,
  /** Of the page; empty where the caller is none. */
  origin: v.string(),
});
export type Ticket = v.InferOutput<typeof Ticket>;

/** Signs and reads tickets (JWS, HMAC). Every process on one secret takes those of the others. */
export class Tickets {
  readonly #key: Uint8Array;
  readonly #audience: string;
  readonly #now: () => number;

  constructor({ secret, publicUrl, now }: { secret: string; publicUrl: string; now: () => number }) {
    // A key of its own, so that nothing else signed with the secret can pass for a ticket (RFC 5869).
    this.#key = new Uint8Array(hkdfSync('sha256', secret, '', 's3 ticket', 32));
    this.#audience = `${publicUrl}/v1/s3`;
    this.#now = now;
  }

  async sign(ticket: Ticket): Promise<{ text: string; expiresAt: Date }> {
    const until = Math.floor(this.#now() / 1000) + TICKET_S;
    const text = await new SignJWT({ ...ticket })
      .setProtectedHeader({ alg: 'HS256', typ: 's3-ticket+jwt' })
      .setAudience(this.#audience)
      .setExpirationTime(until)
      .sign(this.#key);
    return { text, expiresAt: new Date(until * 1000) };
  }

  /** Fails with not_allowed. */
  async read(text: string): Promise<Ticket> {
    try {
      const { payload } = await jwtVerify(text, this.#key, {
        audience: this.#audience,
        typ: 's3-ticket+jwt',
        algorithms: ['HS256'],
        requiredClaims: ['exp'],
        currentDate: new Date(this.#now()),
      });
      return v.parse(Ticket, payload);
    } catch (cause) {
      throw new Problem('not_allowed', { cause });
    }
  }
}
