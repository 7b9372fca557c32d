import { css } from 'lit';

/** What else boxes are made of: notes, facts, rows of files, progress. */
export const lateParts = css`
  :host {
    --_mono: ui-monospace, "SFMono-Regular", Menlo, Consolas, "Liberation Mono", monospace;
  }

  .sub-heading {
    line-height: 1.4;
    font-weight: 600;
  }

  /* What is looked at by a script only: the frame is around the words, not around their line. */
  :is(.heading, .sub-heading):focus-visible {
    inline-size: fit-content;
    border-radius: var(--_radius-s);
  }

  .strong {
    font-weight: 500;
  }

  .reference {
    font-family: var(--_mono);
    font-size: 1.125em;
    font-weight: 600;
    letter-spacing: 0.04em;
    white-space: nowrap;
  }

  .icon.size-16 {
    inline-size: 16px;
    block-size: 16px;
  }

  .problem > .icon,
  .status > .icon {
    margin-block-start: calc((1lh - 1em) / 4);
  }

  .note {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    column-gap: 10px;
    padding: 12px;
    border-radius: var(--_radius-m);
    background: var(--_subtle);
  }
  .note > .icon {
    grid-row: 1 / span 9;
    margin-block-start: 2px;
  }
  .note > :not(.icon) {
    grid-column: 2;
  }
  /* Not a row gap: the rows that the icon spans would have one each, also where they are empty. */
  :where(.note > :not(.icon) ~ :not(.icon)) {
    margin-block-start: 4px;
  }
  .note > .buttons {
    margin-block-start: 8px;
  }
  .note.ok {
    background: var(--_ok-bg);
  }
  .note.ok > .icon {
    color: var(--_ok);
  }
  /* It has been read; what follows has a note of its own. */
  .note.past {
    padding: 0;
    background: none;
  }
  .note.warn {
    background: var(--_warn-bg);
  }
  .note.warn > .icon {
    color: var(--_warn);
  }
  .note.bad {
    background: var(--_bad-bg);
  }
  .note.bad > .icon {
    color: var(--_bad);
  }

  .facts {
    display: grid;
    gap: 12px;
  }
  .facts dt {
    color: var(--_muted);
  }
  .facts:not(.small) dt {
    font-size: 0.875em;
    line-height: 1.45;
  }

  .row {
    display: grid;
    grid-template-columns: 40px minmax(0, 1fr) auto;
    gap: 2px 12px;
    align-items: center;
    padding-block: 12px;
    border-block-start: 1px solid var(--_line);
  }
  .rows > .row:first-child {
    border-block-start: 0;
  }

  .picture {
    display: grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    overflow: hidden;
    border-radius: var(--_radius-s);
    background: var(--_subtle);
    color: var(--_muted);
  }
  .picture > canvas {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }

  .name {
    font-weight: 500;
    line-height: 1.35;
  }

  .plain.name {
    inline-size: 100%;
    padding: 0;
    border: 0;
    background: none;
    text-align: start;
    cursor: pointer;
    position: relative;
    /* Lines stand close above and below it. */
    outline-offset: 0;
  }
  /* The room of a finger, without a higher row. */
  .plain.name::before {
    content: "";
    position: absolute;
    inset-inline: 0;
    inset-block: min(0px, (100% - var(--_tap)) / 2);
  }

  .status {
    display: flex;
    gap: 6px;
    align-items: flex-start;
    font-size: 0.875em;
    line-height: 1.45;
    color: var(--_muted);
  }
  .status.ok {
    color: var(--_ok);
  }
  .status.warn {
    color: var(--_warn);
  }
  .status.bad {
    color: var(--_bad);
  }

  .actions {
    display: flex;
    gap: 4px;
    align-items: center;
  }

  .progress {
    --_done: 0;
    block-size: 8px;
    overflow: hidden;
    border-radius: 4px;
    background: var(--_hover);
  }
  .progress.thin {
    block-size: 4px;
    margin-block-start: 6px;
    border-radius: 2px;
  }
  .progress > .fill {
    block-size: 100%;
    inline-size: calc(var(--_done) * 1%);
    border-radius: inherit;
    background: var(--_accent-edge);
    transition: inline-size 200ms linear;
  }
  .row > .progress {
    grid-column: 2 / -1;
  }

  /* In a line, its ring would cover the words before it and the line above. */
  .link:focus-visible {
    outline-offset: 0;
    box-shadow: none;
  }

  details > summary {
    inline-size: fit-content;
    list-style: none;
  }
  details > summary::-webkit-details-marker {
    display: none;
  }

  @container su (width < 480px) {
    .row > .actions.wide {
      grid-column: 2 / -1;
      display: grid;
      margin-block-start: 8px;
    }
  }

  /* Their words stand in line with what is above them, also where they come to a line of their own. */
  @container su (width >= 480px) {
    .buttons:has(> .quiet) {
      column-gap: 16px;
    }
    .buttons > .quiet {
      margin-inline-start: -9px;
    }
  }

  @container su (width >= 720px) {
    .facts {
      grid-template-columns: 10em minmax(0, 1fr);
      gap: 8px 16px;
    }
    .facts > div {
      display: contents;
    }
    .facts:not(.small) dt {
      font-size: 1em;
      line-height: inherit;
    }
  }
`;
