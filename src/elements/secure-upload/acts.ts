import type { ItemSnapshot, UploadSnapshot } from '../../flow/upload-snapshot.ts';
import { formatReference } from '../../i18n/names.ts';
import type { FocusKeeper } from '../focus-keeper.ts';
import type { Draft } from '../send-link/draft.ts';
import type { Desk } from './desk.ts';
import { detailsText, problemOfBox } from './details-text.ts';
import { acceptedItems, itemsIn } from './items.ts';
import { linkSender } from './link-sender.ts';
import { linksLostText } from './links-sent.ts';
import { page } from './page.ts';
import type { Acts, FirstActs } from './presses.ts';
import { receiptJson, receiptPage, saveFile } from './receipt.ts';
import { batchText } from './review.ts';
import { toClipboard } from './to-clipboard.ts';
import type { Ui } from './ui.ts';
import { unfinishedActs } from './unfinished-acts.ts';
import type { View } from './view.ts';

/** From here on "Cancel" asks first: so much would have to be sent again. */
const WORTH_A_QUESTION = 10 * 1024 * 1024;
const LONG_WORK_MS = 30_000;

export function actsFor(desk: Desk, focus: FocusKeeper, first: FirstActs): Acts {
  const withView = (act: (view: View) => void) => () => {
    if (desk.view) act(desk.view);
  };
  const copy = async (text: string | Promise<string>, what: NonNullable<Ui['copied']>, view: View): Promise<void> => {
    try {
      await toClipboard(text);
    } catch {
      return; // The page's policy forbids it; the words stay on the screen.
    }
    desk.patch({ copied: what });
    desk.say({ text: view.words.copied });
  };

  /** The owner's words came with the problem; where they did not, its code has to do. */
  const details = async ({ snapshot, app, formats, now }: View): Promise<string> => {
    const words = await import('../../i18n/owner-text.ts').catch(() => null);
    const forOwner = words?.ownerText(problemOfBox(snapshot)?.code ?? '');
    return detailsText(snapshot, { app: app.app, formats, now, forOwner });
  };

  /** Without a connection they do not come, and the same press asks for them again. */
  const withLinks = (act: () => void): void => {
    const lose = () => {
      desk.patch({ areLinksLost: true });
      if (desk.view) desk.say({ text: linksLostText(desk.view), isUrgent: true });
    };
    const come = () => {
      desk.patch({ areLinksLost: false });
      act();
    };
    void linkSender.load().then(come, lose);
  };

  /** What goes leaves the focus to the row that follows, or to the one before. */
  const planNextRow = ({ snapshot: { items } }: View, key: string): void => {
    const at = items.findIndex((item) => item.key === key);
    const near = [items[at + 1], items[at - 1]].flatMap((item) => (item ? [buttonIn(item.key)] : []));
    focus.plan(...near, '#add-more');
  };
  const stop = (key: string): void => {
    const { view } = desk;
    if (!view) return;
    planNextRow(view, key);
    desk.patch({ removedAt: view.snapshot.items.findIndex((item) => item.key === key), asking: null });
    view.flow.cancel(key);
  };

  return {
    unfinished: unfinishedActs(desk, focus),
    ...first,
    signOut: withView(({ flow }) => void flow.signOut()),
    chooseOther() {
      desk.replacesOnPick = true;
      desk.pick('files');
    },
    remove(item) {
      const view = desk.view;
      if (!view) return;
      planNextRow(view, item.key);
      desk.patch({ removedAt: view.snapshot.items.findIndex(({ key }) => key === item.key) });
      view.flow.remove(item.key);
    },
    pauseOrCarryOn: withViewAnd(desk, ({ flow }, { key, phase }: ItemSnapshot) => {
      if (phase === 'paused') flow.resume(key);
      else flow.pause(key);
    }),
    pauseAll: withView(({ flow }) => {
      focus.plan('#carry-on');
      flow.pauseAll();
    }),
    carryOn: withView(({ flow }) => {
      focus.plan('#pause-all');
      flow.resumeAll();
    }),
    undoRemove: withView(({ flow, snapshot }) => {
      if (snapshot.removed) focus.plan(buttonIn(snapshot.removed.key));
      flow.undoRemove();
    }),
    cancel: withViewAnd(desk, ({ snapshot }, item: ItemSnapshot) => {
      if (isCostly(snapshot, [item])) {
        focus.plan('.question [data-focus]');
        desk.patch({ asking: { key: item.key } });
      } else stop(item.key);
    }),
    stop,
    keepGoing(key) {
      focus.plan(key === null ? '#cancel-all' : `${buttonIn(key)}:last-of-type`);
      desk.patch({ asking: null });
    },
    cancelAll: withView(({ flow, snapshot }) => {
      if (isCostly(snapshot, snapshot.items)) {
        focus.plan('.question [data-focus]');
        desk.patch({ asking: 'all' });
      } else flow.cancelAll();
    }),
    closeAbout() {
      desk.find('#more')?.focus();
      desk.patch({ isAboutOpen: false });
    },
    closeNote() {
      focus.plan('#upload');
      desk.patch({ isNoteClosed: true });
    },
    hideLeft: withView(({ flow }) => {
      focus.plan('#choose', '#add-more');
      flow.forgetLeft();
    }),
    removeRefused: withView(({ flow }) => {
      focus.plan('#upload');
      flow.removeRefused();
    }),
    uploadFirst: withViewAnd(desk, (view, count: number) => {
      view.flow.keepFirst(count);
      view.flow.upload();
    }),
    // A form needs what is in.
    uploadNext: withView(({ flow, isInForm }) => flow.uploadNext(isInForm)),
    uploadFitting: withViewAnd(desk, ({ flow, snapshot }, count: number) => {
      for (const { key } of itemsIn(snapshot, 'not-done').slice(0, count)) flow.retry(key);
    }),
    checkAgain: withView(({ flow }) => {
      focus.plan('#upload');
      void flow.load();
    }),
    upload: withView((view) => {
      if (view.snapshot.batchProblem && acceptedItems(view.snapshot).length > 0) {
        const text = batchText(view);
        if (text) desk.say({ text, isUrgent: true });
        desk.find('#batch-note')?.focus();
      } else view.flow.upload();
    }),
    useAnotherAccount: withView(({ flow }) => flow.signIn()),
    uploadMore: withView(({ flow }) => flow.reset()),
    sendToSomeone() {
      withLinks(() => {
        // The button goes. The form takes the focus by itself once it is drawn.
        focus.plan('send-link');
        desk.patch({ isSendingLink: true });
      });
    },
    closeLinkSender() {
      focus.plan('#send-to-someone');
      desk.patch({ isSendingLink: false, linkDraft: null });
    },
    listLinks() {
      withLinks(() => desk.patch({ isListingLinks: true }));
    },
    closeLinks() {
      focus.plan('#list-links');
      desk.patch({ isListingLinks: false });
    },
    signInForLink: withViewAnd(desk, ({ flow }, linkDraft: Draft) => {
      desk.patch({ linkDraft });
      flow.signIn();
    }),
    copyAddress: withViewAnd(desk, (view, address: string | null) => {
      void copy(address ?? page.place().href, 'address', view);
    }),
    copyReference: withView((view) => {
      void copy(formatReference(view.snapshot.reference ?? ''), 'reference', view);
    }),
    copyDetails: withView((view) => {
      void copy(details(view), 'details', view);
    }),
    saveReceipt: withView((view) => saveFile(`${receiptName(view)}.html`, 'text/html', receiptPage(view))),
    saveTechnicalCopy: withView((view) => saveFile(`${receiptName(view)}.json`, 'application/json', receiptJson(view))),
  };
}

const buttonIn = (key: string) => `.row[data-key="${CSS.escape(key)}"] button:not(.name)`;

function withViewAnd<Value>(desk: Desk, act: (view: View, value: Value) => void): (value: Value) => void {
  return (value) => {
    if (desk.view) act(desk.view, value);
  };
}

/** On a slow line a little took as long as a lot on a fast one: so long, at the pace at which the rest is expected. */
function isCostly({ msLeft, sent, total }: UploadSnapshot, items: readonly ItemSnapshot[]): boolean {
  const moving = items.filter(({ phase }) => phase === 'uploading' || phase === 'waiting' || phase === 'paused');
  const lost = moving.reduce((sum, item) => sum + item.sent, 0);
  const tookMs = msLeft === null || total <= sent ? 0 : (lost * msLeft) / (total - sent);
  return lost > WORTH_A_QUESTION || tookMs > LONG_WORK_MS;
}

function receiptName({ words, snapshot }: View): string {
  const name = snapshot.reference ? formatReference(snapshot.reference) : `${itemsIn(snapshot, 'uploaded').length}`;
  return words.receiptFileName(name);
}
