import type { UploadError } from '../../errors.ts';
import type { Formats } from '../../i18n/format.ts';
import { isolate } from '../../i18n/names.ts';
import type { SendLinkWords } from '../../i18n/send-link-en.ts';
import type { Field } from './draft.ts';

/** The field that mends it; null where none does. */
export function faultyField({ code }: UploadError): Field | null {
  switch (code) {
    case 'purpose_plain':
      return 'purpose';
    case 'address_letters':
    case 'address_busy':
    case 'mails_stopped':
      return 'recipient';
    case 'not_found':
      return 'files';
    default:
      return null;
  }
}

/** What the sender reads where a link was not made. */
export function problemText(
  error: UploadError,
  { notAllowed, problems }: SendLinkWords,
  formats: Formats,
  { org, recipient }: { readonly org: string; readonly recipient: string },
  now: number,
): string {
  const until = error.problem?.figures?.until ?? (error.retryAfterMs && new Date(now + error.retryAfterMs));
  switch (error.code) {
    case 'not_allowed':
      return notAllowed(org);
    case 'purpose_plain':
      return problems.purposePlain;
    case 'address_letters':
      return problems.addressLetters(isolate(recipient));
    case 'outside_consent_needed':
      return problems.outsideNeeded;
    case 'mails_stopped':
      return problems.mailsStopped(isolate(recipient));
    case 'address_busy':
      return until ? problems.addressBusy(isolate(recipient), formats.time(until)) : problems.busySoon;
    case 'sender_busy': {
      const limit = error.problem?.figures?.limit;
      return until && limit !== undefined ? problems.senderBusy(limit, formats.time(until)) : problems.busySoon;
    }
    case 'slow_down': {
      return until ? problems.busy(formats.time(until)) : problems.busySoon;
    }
    case 'sign_in_needed':
    case 'sign_in_ended':
      return problems.signIn;
    case 'stronger_sign_in':
      return problems.stronger;
    case 'not_found':
      return problems.filesGone;
    case 'mail_down':
      return problems.mailDown;
    case 'offline':
    case 'broker_down':
      return problems.unreachable;
    default:
      return problems.other;
  }
}
