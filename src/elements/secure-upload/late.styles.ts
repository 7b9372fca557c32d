import { css } from 'lit';
import { boxStyles } from '../../styles/index.ts';
import { ticks } from '../../styles/ticks.ts';
import { agreeStyles } from './agree.styles.ts';
import { uploadStyles } from './secure-upload.styles.ts';

/** What only the uploader has, and later: foot, filters, questions within a row. */
const lateUploadStyles = css`

  .person .link {
    margin-inline-start: 4px;
  }

  .about {
    inline-size: 100%;
    padding: 12px;
    border-radius: var(--_radius-m);
    background: var(--_subtle);
    display: grid;
    gap: 12px;
  }
  .about .links {
    display: flex;
    flex-wrap: wrap;
    gap: 16px;
  }
  .zone.over {
    position: absolute;
    z-index: 2;
    inset: 0;
    align-content: center;
    border-radius: inherit;
    border-style: solid;
    border-color: var(--_accent-edge);
    background: var(--_accent-tint);
    pointer-events: none;
  }
  .zone.over.warn {
    border-color: var(--_warn);
    background: var(--_warn-bg);
  }
  .zone.over .icon {
    color: var(--_text);
  }
  /* In sight also where the list is longer than the screen. */
  .drop {
    position: sticky;
    inset-block: 15vh;
    display: grid;
    gap: 12px;
    justify-items: center;
  }

  /* A form was refused: what it waits for, and where no zone has an edge of its own, the card around it. */
  :host(:state(invalid)) :is(.zone:not(.plain, .over), .card:not(:has(.zone:not(.plain, .over)))) {
    outline: 2px solid var(--_bad);
    /* On the card's own line; around a card that has no padding, where it would lie on the words. */
    outline-offset: max(-2px, 0px - var(--su-padding, 2px));
  }
  .foot > .problem {
    justify-self: start;
  }

  .steps {
    display: grid;
    gap: 4px;
    padding-inline-start: 20px;
    list-style: decimal;
  }
  .user-code {
    font-family: ui-monospace, monospace;
    letter-spacing: 0.08em;
    white-space: nowrap;
  }

  .slim {
    display: flex;
    gap: 8px;
    align-items: center;
    justify-content: center;
    min-block-size: 48px;
    padding: 6px 12px;
    border: 1.5px dashed var(--_edge);
    border-radius: var(--_radius-m);
    background: none;
    font-weight: 500;
    cursor: pointer;
  }
  .slim.plain {
    border: 1px solid var(--_edge);
    border-radius: var(--_radius-s);
    background: var(--_surface);
  }

  /* A very long list has a room of its own, and only what is in sight in it. */
  .scroller {
    position: relative;
    /* In a frame that grows with its content only the page knows the screen (src/embed). */
    max-block-size: min(0.6 * var(--_viewport, 100vh), 640px);
    margin-inline: -4px;
    padding-inline: 4px;
    overflow-y: auto;
    /* Firefox draws it white in the dark. */
    scrollbar-color: var(--_edge) transparent;
    scrollbar-width: thin;
    /* Its rows keep their places by themselves, in every browser. */
    overflow-anchor: none;
    contain: content;
    border-block-end: 1px solid var(--_line);
  }
  /* Also the first that is drawn: it is seldom the first of the list. */
  .scroller > .rows > .row {
    /* Rows that come into sight have not come in. */
    animation: none;
    border-block-start: 1px solid var(--_line);
  }
  .scroller > .rows {
    position: relative;
  }
  .scroller > .rows > .row:focus-visible {
    outline-offset: -2px;
  }
  .scroller > .rows > .apart {
    position: absolute;
    inset-inline: 0;
  }
  @media print {
    .scroller {
      max-block-size: none;
      overflow: visible;
    }
  }

  .picture > canvas:not([hidden]) + .icon {
    display: none;
  }

  .row {
    scroll-margin-block: 8px 140px;
  }
  .row.removed {
    display: block;
  }

  /* Set apart from what is new, and quieter than a note. */
  .unfinished {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 4px;
    padding: 12px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-m);
  }
  .unfinished .row:last-child {
    padding-block-end: 0;
  }
  .unfinished .row > .buttons {
    grid-column: 2 / -1;
    padding-block-start: 10px;
  }

  .question {
    display: grid;
    gap: 8px;
    padding-block-start: 8px;
  }
  .row > .question {
    grid-column: 2 / -1;
  }

  .filters {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .filters .button[aria-pressed="true"] {
    border-color: var(--_text);
    background: var(--_hover);
  }
  @media (forced-colors: active) {
    .filters .button[aria-pressed="true"] {
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }
  }

  .skip {
    justify-self: start;
  }
  .skip:not(:focus) {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }

  .sending {
    display: grid;
    gap: 8px;
  }

  /* With what the batch breaks, so that both stay in sight under a list that is longer than the screen. */
  .foot {
    z-index: 1;
    display: grid;
    gap: 12px;
    align-items: center;
    border-block-start: 1px solid var(--_line);
    padding-block: 12px max(12px, env(safe-area-inset-bottom));
    margin-block-end: -12px;
    background: var(--_surface);
  }
  /* The list ends in a line of its own. */
  .scroller ~ .foot {
    border-block-start: 0;
    padding-block-start: 0;
  }
  .foot.end {
    gap: 8px;
    align-items: stretch;
    grid-auto-flow: column;
    grid-auto-columns: minmax(0, 1fr);
  }

  .reference-line {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 8px;
    align-items: center;
  }

  .stack > :is(.scroller, .progress) {
    justify-self: stretch;
  }
  .prints dd {
    padding-block-end: 8px;
  }
  .print {
    font-family: var(--_mono);
    overflow-wrap: anywhere;
    color: var(--_muted);
  }

  .more > summary {
    display: block;
  }
  .more[open] > summary {
    margin-block-end: 12px;
  }

  .path {
    overflow-wrap: anywhere;
  }

  @container su (width < 480px) {
    .unfinished .row > :is(.buttons, .question) {
      grid-column: 1 / -1;
    }
    /* The name beside the signs, what is said of the file in all of the line below: beside two it would be a column of words. */
    .rows > .row:not(.removed) {
      row-gap: 0;

      > .body {
        display: contents;
      }
      > .picture {
        grid-row: 1 / span 2;
        align-self: start;
      }
      .name {
        grid-area: 1 / 2;
      }
      :is(.path, .status) {
        grid-area: 2 / 2 / auto / -1;
      }
      .path ~ .status {
        grid-row: 3;
      }
      /* Higher than a line of a name, which would then stand apart from what is said of it. */
      > .actions {
        grid-area: 1 / 3;
        margin-block: -10px;
      }
    }
  }

  @container su (width < 300px) {
    .rows > .row {
      grid-template-columns: 28px minmax(0, 1fr) auto;
      column-gap: 8px;
    }
    .rows .picture {
      inline-size: 28px;
      block-size: 28px;
    }
    /* The sign stands in line with the card, not its room. */
    .row > .actions {
      gap: 0;
      margin-inline-end: -8px;
    }
    .scroller {
      margin-inline: -8px;
      padding-inline: 8px;
    }
    .note > .icon {
      grid-row: 1;
    }
    .note > :is(.buttons, .steps) {
      grid-column: 1 / -1;
    }
    .foot.end {
      grid-auto-flow: row;
    }
  }

  /* It would cover more than a third of a lower screen, or of one that is zoomed far in. */
  @media (height >= 480px) {
    .foot {
      position: sticky;
      inset-block-end: 0;
    }
  }

  @container su (width >= 480px) {
    .unfinished {
      padding: 16px;
    }
    /* Beside its words, or below them where few would fit into a line. */
    .foot {
      display: flex;
      flex-wrap: wrap;
      justify-content: end;
    }
    .foot > * {
      flex-basis: 100%;
    }
    .foot > .small:not(.aside) {
      flex: 1 9em;
    }
    .foot > :is(.buttons, .button) {
      flex-basis: auto;
    }
    .foot .primary {
      min-inline-size: 160px;
    }
    .sending > .top {
      flex-wrap: nowrap;
    }
  }
`;

/** All sheets of the uploader, in their order. */
export const allStyles = [...boxStyles, ticks, uploadStyles, lateUploadStyles, agreeStyles];
