import { SINGLE_PUT_BYTES } from '../../contract/single-put.ts';
import type { ChosenFile } from '../../flow/item-list.ts';
import type { App } from './view.ts';

/** WICG File System Access; the DOM types of TypeScript do not have it. */
interface PickerWindow {
  showOpenFilePicker(options: {
    readonly multiple: boolean;
    readonly types: readonly { readonly accept: Readonly<Record<string, readonly string[]>> }[];
  }): Promise<readonly FileSystemFileHandle[]>;
}

export interface Picking {
  accept(files: readonly ChosenFile[]): void;
  find<Found extends HTMLElement>(selector: string): Found | null;
}

const hasPicker = (win: object): win is PickerWindow => 'showOpenFilePicker' in win;

/**
 * The picker of Chromium on a computer, which hands over handles: an upload in parts can then go on after its page is gone, and
 * nobody has to find the file again. False where there is none, and where no file of this app can be so large.
 */
export function pickWithHandles({ limits }: App, picking: Picking, win: object = window): boolean {
  const isOnPhone = matchMedia('(pointer: coarse)').matches;
  if (limits.max_file_bytes <= SINGLE_PUT_BYTES || isOnPhone || !hasPicker(win)) return false;
  void pick(limits, picking, win);
  return true;
}

async function pick(limits: App['limits'], picking: Picking, win: PickerWindow): Promise<void> {
  try {
    const types = limits.accepts.map(({ types: [first = '', ...others], extensions }) => ({
      accept: Object.fromEntries([
        [first, extensions.map((end) => `.${end}`)],
        ...others.map((type): [string, string[]] => [type, []]),
      ]),
    }));
    const handles = await win.showOpenFilePicker({ multiple: limits.max_files > 1, types });
    picking.accept(await Promise.all(handles.map(async (handle) => ({ file: await handle.getFile(), handle }))));
  } catch (error) {
    // Closed by the person. Anything else is a page that may not use it (a foreign frame), or a file that is gone.
    if (!(error instanceof DOMException && error.name === 'AbortError')) picking.find('#files')?.click();
  }
}
