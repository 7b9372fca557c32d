import type { Lang } from '../../base/page.ts';
import { inLanguage } from '../../base/page-language.ts';
import { type Block, grouped, lead, renderHtml, renderText, say, shortTime } from '../../mail/layout.ts';
import { mailEach } from '../../mail/mail-each.ts';
import type { Mail, Mailer } from '../../mail/mailer.ts';
import type { RegisteredApp } from '../../registry/registry.ts';
import type { IdentityDeps } from '../ports.ts';
import { mintGuestCode } from './codes.ts';

interface GuestCode {
  readonly app: RegisteredApp;
  readonly code: string;
  readonly expiresAt: Date;
  readonly lang: Lang;
}

interface Facts {
  readonly code: string;
  readonly org: string;
  readonly until: string;
  readonly purpose: string;
}

/** Rejects when the mail was not taken now: the queue tries again, with a new code. */
export async function mailGuest(deps: IdentityDeps, mailer: Mailer, id: string): Promise<void> {
  const asked = await mintGuestCode(deps, id);
  if (asked) await mailEach({ mailer, log: deps.log }, [asked.to], guestWords(asked));
}

/** The code of somebody who signs in without an account. Holds no link. */
export function guestWords({
  app,
  code,
  expiresAt,
  lang,
}: GuestCode): Pick<Mail, 'from' | 'subject' | 'text' | 'html'> {
  const { org, purpose } = app.record;
  const isolate = (text: string) => (lang === 'ar' ? `\u2068${text}\u2069` : text);
  const { subject, blocks } = WORDS[lang]({
    code: isolate(grouped(code, ' ')),
    org: isolate(org.name),
    until: isolate(shortTime(expiresAt, lang)),
    purpose: inLanguage(purpose, lang),
  });
  return { from: org.name, subject, text: renderText(blocks), html: renderHtml(blocks, lang) };
}

const WORDS: Readonly<Record<Lang, (facts: Facts) => { subject: string; blocks: readonly Block[] }>> = {
  en: ({ code, org, until, purpose }) => ({
    subject: `${code} is your code to sign in at ${org}`,
    blocks: [
      lead(`Your code is ${code}`),
      say(`It works until ${until}, and only on the page that asked for it.`),
      say(`With it you can send files to ${org}.`, purpose),
      say(
        `Do not pass this code on. Nobody from ${org} will ask you for it.`,
        'Did you not ask for it? Then somebody typed your address. Without this code they cannot get in. You do not have to do anything.',
      ),
    ],
  }),
  de: ({ code, org, until, purpose }) => ({
    subject: `${code} ist Ihr Code zum Anmelden bei ${org}`,
    blocks: [
      lead(`Ihr Code ist ${code}`),
      say(`Er gilt bis ${until}, und nur auf der Seite, die nach ihm gefragt hat.`),
      say(`Mit ihm können Sie Dateien an ${org} senden.`, purpose),
      say(
        `Geben Sie den Code nicht weiter. Niemand von ${org} wird Sie danach fragen.`,
        'Sie haben nicht nach ihm gefragt? Dann hat jemand Ihre Adresse eingegeben. Ohne diesen Code kommt niemand hinein. Sie müssen nichts tun.',
      ),
    ],
  }),
  ar: ({ code, org, until, purpose }) => ({
    subject: `${code} هو رمزك لتسجيل الدخول لدى ${org}`,
    blocks: [
      lead(`رمزك هو ${code}`),
      say(`يعمل حتى ${until}، وفي الصفحة التي طلبته فقط.`),
      say(`به يمكنك إرسال ملفات إلى ${org}.`, purpose),
      say(
        `لا تعطِ هذا الرمز لأحد. لن يطلبه منك أحد من ${org}.`,
        'لم تطلبه؟ إذن كتب شخص ما عنوانك. لا يمكنه الدخول من دون هذا الرمز. لا يلزمك فعل شيء.',
      ),
    ],
  }),
};
