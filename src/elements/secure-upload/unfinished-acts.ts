import type { UnfinishedUploads } from '../../flow/unfinished-uploads.ts';
import type { FocusKeeper } from '../focus-keeper.ts';
import type { Desk } from './desk.ts';
import type { UnfinishedActs } from './presses.ts';

/** From here on "Delete what was sent" asks first: so much would have to be sent again. */
const WORTH_A_QUESTION = 10 * 1024 * 1024;

export function unfinishedActs(desk: Desk, focus: FocusKeeper): UnfinishedActs {
  /** The first button of the row is what comes instead of the one that was pressed. */
  const within = (id: string) => `[data-upload="${CSS.escape(id)}"] .button`;
  const act = (id: string, verb: (uploads: UnfinishedUploads) => void): void => {
    const uploads = desk.view?.flow.unfinished;
    if (!uploads) return;
    focus.plan(within(id));
    verb(uploads);
  };
  const deleteNow = (id: string): void => {
    const items = desk.view?.snapshot.unfinished.items ?? [];
    const at = items.findIndex((item) => item.id === id);
    const next = items[at + 1] ?? items[at - 1];
    desk.patch({ asking: null });
    act(id, (uploads) => void uploads.delete(id));
    focus.plan(...(next ? [within(next.id)] : []));
  };
  return {
    choose(id) {
      desk.find<HTMLInputElement>(`[data-upload="${CSS.escape(id)}"] input`)?.click();
    },
    picked(id, event) {
      const input = event.currentTarget;
      if (!(input instanceof HTMLInputElement)) return;
      const [file] = input.files ?? [];
      // Firefox tells of the same file again only after the value was cleared.
      input.value = '';
      if (file) act(id, (uploads) => void uploads.choose(id, file));
    },
    carryOn: (id) => act(id, (uploads) => void uploads.carryOn(id)),
    moveHere: (id) => act(id, (uploads) => void uploads.moveHere(id)),
    uploadAsNew: (id) => act(id, (uploads) => uploads.uploadAsNew(id)),
    cancel: (id) => act(id, (uploads) => uploads.cancelCheck(id)),
    delete({ id, sent }) {
      if (sent <= WORTH_A_QUESTION) return deleteNow(id);
      focus.plan('.question [data-focus]');
      desk.patch({ asking: { key: id } });
    },
    deleteNow,
    keep(id) {
      focus.plan(within(id));
      desk.patch({ asking: null });
    },
  };
}
