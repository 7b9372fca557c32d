import { css } from 'lit';

export const styles = css`
  .form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
  }
  .field > .input {
    justify-self: stretch;
  }

  /* The browsers' own arrows stand at the very edge. */
  .select {
    position: relative;
    inline-size: 100%;
  }
  .select > .input {
    appearance: none;
    padding-inline-end: 40px;
    text-overflow: ellipsis;
  }
  .select > .icon {
    position: absolute;
    inset-inline-end: 12px;
    inset-block-start: calc(50% - 10px);
    color: var(--_muted);
    pointer-events: none;
  }

  .tick {
    display: flex;
    gap: 8px;
    align-items: flex-start;
    /* One line of words stands in the middle of what a finger needs. */
    padding-block: max(6px, (var(--_tap) - 1lh) / 2);
    font-weight: 400;
    cursor: pointer;
  }
  .tick > input {
    margin-block-start: calc((1lh - 20px) / 2);
  }
  .tick > input[aria-invalid="true"]:not(:focus-visible) {
    outline: 2px solid var(--_bad);
    border-radius: 2px;
  }

  .each {
    display: grid;
    gap: 4px;
  }
  .field > .input ~ :is(.each, .chip, .consent) {
    margin-block-start: 4px;
  }
  /* On a line of its own before it breaks within. */
  .chip {
    display: inline-block;
    max-inline-size: 100%;
    padding: 1px 8px;
    border-radius: 14px;
    background: var(--_warn-bg);
    color: var(--_text);
  }
  .consent {
    padding: 12px;
    border-radius: var(--_radius-m);
    background: var(--_subtle);
  }
  .disclosure,
  .preview {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    justify-items: start;
  }
  .preview {
    justify-self: stretch;
    padding: 12px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-m);
  }
  .mail {
    inline-size: 100%;
    max-block-size: 20em;
    margin: 0;
    padding: 12px;
    overflow: auto;
    border-radius: var(--_radius-s);
    background: var(--_subtle);
    font-family: inherit;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .row.sent {
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
  }
  .rows > .row.sent:first-child {
    padding-block-start: 0;
  }
  .rows > .row.sent:last-child {
    padding-block-end: 0;
  }
  .row.sent > * {
    grid-area: auto / 1;
    inline-size: 100%;
  }
  .whole {
    white-space: nowrap;
  }
  .ask {
    display: grid;
    gap: 8px;
  }
  .row.sent > .actions {
    flex-wrap: wrap;
    gap: 8px;
    justify-content: flex-start;
  }
  @container su (width < 480px) {
    .row.sent > .actions {
      display: grid;
      justify-content: stretch;
    }
  }

  /* Part of another box: its card is enough. */
  .card.inside {
    padding: 16px 0 0;
    border: 0;
    border-block-start: 1px solid var(--_line);
    border-radius: 0;
  }
`;
