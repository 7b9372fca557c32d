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
