import { html, nothing, type TemplateResult } from 'lit';
import { aboutFiles } from './about.ts';
import { chooseView } from './choose.ts';
import { doneView, notDoneView, partDoneView } from './finished.ts';
import { formFault, formNote } from './form-note.ts';
import { linksEntry, linksView } from './links-sent.ts';
import { personView } from './person.ts';
import { reviewView } from './review.ts';
import { roomLow } from './room-low.ts';
import { sendingView } from './sending.ts';
import { noteLeadsOn, signInNote, signingInNote } from './sign-in.ts';
import { stoppedView } from './stopped.ts';
import { dragView, folderNote } from './take-in.ts';
import { leadsOn, unfinishedView } from './unfinished.ts';
import type { LateTemplates, View } from './view.ts';

/** Everything that can be seen in the box after its first paint. */
export function lateTemplates(view: View): LateTemplates {
  return {
    stopped: () => stoppedView(view),
    person: () => personView(view),
    notes: () => html`${signInNote(view)} ${unfinishedView(view)} ${folderNote(view)} ${roomLow(view)}`,
    below: () => formFault(view),
    about: () => aboutFiles(view),
    keyAtAbout({ key }) {
      if (key === 'Escape' && view.ui.isAboutOpen) view.acts.closeAbout();
    },
    beside: () => html`${linksEntry(view)} ${view.ui.drag ? dragView(view) : nothing}`,
    phase: () => {
      const phase = phaseView(view);
      return phase && html`${formNote(view)} ${phase}`;
    },
    leadsOn: () => noteLeadsOn(view) || leadsOn(view),
  };
}

function phaseView(view: View): TemplateResult | null {
  const { snapshot, ui } = view;
  switch (snapshot.phase) {
    case 'uploading':
    case 'sign-in-again':
      return sendingView(view);
    case 'done':
      return doneView(view);
    case 'part-done':
      return partDoneView(view);
    case 'not-done':
      return notDoneView(view);
    default: {
      if (snapshot.items.length > 0 || snapshot.removed) return reviewView(view);
      if (ui.isListingLinks) return linksView(view);
      return snapshot.phase === 'signing-in' ? html`${signingInNote(view)} ${chooseView(view)}` : null;
    }
  }
}
