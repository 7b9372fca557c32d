import type { UploadError } from '../../errors.ts';
import type { Formats } from '../../i18n/format.ts';
import type { SendLinkWords } from '../../i18n/send-link-en.ts';

/** What the sender reads where a link was not made. */
export function problemText(
  error: UploadError,
  { problems }: SendLinkWords,
  formats: Formats,
  org: string,
  now: number,
): string {
  switch (error.code) {
    case 'not_allowed':
      return problems.notAllowed(org);
    case 'slow_down': {
      const until = error.problem?.figures?.until ?? (error.retryAfterMs && new Date(now + error.retryAfterMs));
      return until ? problems.busy(formats.time(until)) : problems.busySoon;
    }
    case 'sign_in_needed':
    case 'sign_in_ended':
      return problems.signIn;
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
