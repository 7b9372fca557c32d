import * as v from 'valibot';
import { type ConsentReceipt, Notice } from '../../src/contract/index.ts';
import {
  type Block,
  countFiles,
  grouped,
  inert,
  longTime,
  renderHtml,
  renderText,
  say,
  shortTime,
} from '../mail/layout.ts';
import type { Mail } from '../mail/mailer.ts';
import type { ConsentEvent } from './consent/record.ts';
import type { OpenedLink } from './link-store.ts';

type Words = Pick<Mail, 'from' | 'subject' | 'text' | 'html'>;

function words(opened: OpenedLink, subject: string, blocks: readonly Block[]): Words {
  const from = `${inert(opened.sender.name)} via ${opened.app.record.org.name}`;
  return { from, subject, text: renderText(blocks), html: renderHtml(blocks) };
}

const facts = ({ row, sender, app, files }: OpenedLink) => ({
  sender: inert(sender.name),
  org: app.record.org.name,
  count: countFiles(files.length),
  reference: grouped(row.reference, '-'),
  until: longTime(row.expiresAt),
});

/** The link (to the recipient). `url` holds its secret: the one place where it ever stands. */
export function linkWords(opened: OpenedLink, publicUrl: string, url: string): Words {
  const { sender, org, count, reference, until } = facts(opened);
  const purpose = inert(opened.row.purpose);
  return words(opened, `${sender} sent you ${count}: ${purpose}`, [
    say(`${sender} (${opened.sender.address}) at ${org} sent you ${count}.`),
    {
      is: 'facts',
      rows: [
        ['What it is for', purpose],
        ['Open until', until],
        ['Reference', reference],
      ],
    },
    { is: 'link', label: 'See the details', url },
    {
      is: 'list',
      heading: 'What happens then',
      items: [
        'You read who sent what, and why. Looking uses nothing up.',
        'We send a code to this address, to check that it is you.',
        'You accept or decline. If you accept, you can download the files once.',
      ],
    },
    {
      is: 'list',
      heading: 'Is this email genuine?',
      items: [
        'We never ask for a password, a payment or a bank detail.',
        `The link starts with ${publicUrl}/`,
        `Not sure? Ask ${sender} for the reference. Use a number or address you already had, not one from this email.`,
      ],
    },
    say('Not for you? You do not have to do anything.'),
    say(`${org}, ${opened.app.record.org.address}. The files are kept in ${opened.app.template.region.label.en}.`),
  ]);
}

/** The code (to the recipient). Holds no link. */
export function codeWords(opened: OpenedLink, code: string, expiresAt: Date): Words {
  const { sender, org, count, reference } = facts(opened);
  const shown = grouped(code, ' ');
  return words(opened, `${shown} is your code for files from ${org}`, [
    say(`Your code is ${shown}`, `It works until ${shortTime(expiresAt)}, and only on the page of the link.`),
    say(`It is for ${count} that ${sender} at ${org} sent you.`, `Reference ${reference}`),
    say(
      `Do not pass this code on. Nobody from ${org} will ask you for it.`,
      'Did you not ask for it? Then somebody has your link. Without this code they cannot open anything. You do not have to do anything.',
    ),
  ]);
}

/** The receipt (to the recipient). What is kept is told from the notice that was shown. */
export function receiptWords(opened: OpenedLink, event: ConsentEvent, receipt: ConsentReceipt): Words {
  const { sender, org, reference, until } = facts(opened);
  const shown = v.parse(Notice, JSON.parse(receipt.privacy_notice));
  const count = countFiles(shown.files.length);
  const did = {
    accepted: `You accepted ${count} from ${sender} at ${org}`,
    declined: `You declined ${count} from ${sender} at ${org}`,
    withdrawn: `You withdrew. The link of ${sender} at ${org} no longer works.`,
  }[event];
  const subject = {
    accepted: `Your receipt: you accepted ${count} from ${org}`,
    declined: `Your receipt: you declined ${count} from ${org}`,
    withdrawn: `Your receipt: you withdrew (files from ${org})`,
  }[event];
  const then = {
    accepted: 'Withdraw at any time: open the link from the first email again.',
    declined: `Changed your mind? Open the link from the first email again. You can still accept until ${until}.`,
    withdrawn: 'Files you saved stay on your device.',
  }[event];
  return words(opened, subject, [
    say(did, `${longTime(new Date(receipt.event.event_time))}. Reference ${reference}`),
    say(
      `What ${org} keeps about you, for ${shown.kept_months} months, in ${shown.region}: your email address, your answer, and when you downloaded.`,
    ),
    say(then, 'The receipt is attached (receipt.json).'),
  ]);
}

export type SenderEvent = ConsentEvent | 'downloaded';

/** What the recipient did (to the sender). */
export function senderWords(opened: OpenedLink, event: SenderEvent, alsoAccepted: boolean): Words {
  const { count, reference, until } = facts(opened);
  const to = inert(opened.row.recipient);
  const did = {
    accepted: `${to} accepted your files`,
    declined: `${to} declined your files`,
    withdrawn: `${to} withdrew`,
    downloaded: alsoAccepted ? `${to} accepted and downloaded your files` : `${to} downloaded your files`,
  }[event];
  const more = {
    accepted: `They can download ${count} until ${until}.`,
    declined: `They did not receive anything. The link is closed unless they change their mind before ${until}.`,
    withdrawn: 'The link no longer works. Files they saved stay with them.',
    downloaded: `It was about ${count}. The link is used up.`,
  }[event];
  return words(opened, did, [
    say(`${did}.`, more),
    {
      is: 'facts',
      rows: [
        ['What it was for', inert(opened.row.purpose)],
        ['Reference', reference],
      ],
    },
  ]);
}
