import { css } from 'lit';
import { boxStyles } from '../../styles/index.ts';
import { ticks } from '../../styles/ticks.ts';
import { styles } from './recipient-consent.styles.ts';

/** What the cover has none of: the notice, the answers, the files. */
const lateStyles = css`
  .fingerprint {
    font-family: var(--_mono);
    font-size: 0.875em;
    overflow-wrap: anywhere;
  }

  .rows > .row:first-child {
    padding-block-start: 0;
  }
  .rows > .row:last-child {
    padding-block-end: 0;
  }

  .row > .actions.wide {
    gap: 8px;
  }
  /* Beside the picture a long word would break. */
  @container su (width < 300px) {
    .row > .actions.wide {
      grid-column: 1 / -1;
    }
  }
  /* Two buttons leave a name no room beside them, and one leaves none to a sentence. */
  @container su (480px <= width < 720px) {
    .row > .actions.wide:has(> :nth-child(2)),
    .row:has(.status:is(.ok, .bad)) > .actions.wide {
      grid-column: 2 / -1;
      flex-wrap: wrap;
      margin-block-start: 8px;
    }
  }

  /* A row with buttons has room for long names in the widest boxes only, also while it has none. */
  @container su (width < 480px) {
    .when-wide {
      display: none;
    }
  }
  @container su (480px <= width < 720px) {
    .acted .when-wide,
    .row:not(.acted) .when-compact {
      display: none;
    }
  }
  @container su (width >= 720px) {
    .when-compact {
      display: none;
    }
  }

  /* In a narrow box too its words stand in line with the links around it. */
  .buttons > .quiet {
    justify-self: start;
    margin-inline-start: -9px;
  }

  .changed {
    padding-inline-start: 8px;
    border-inline-start: 3px solid var(--_warn);
  }
  .tag {
    color: var(--_warn);
    font-weight: 500;
  }

  .notice {
    gap: inherit;
  }

  /* A box, what it says, whose choice it is, and what it means. */
  .purposes {
    display: grid;
    gap: 12px;
  }
  .purpose {
    display: grid;
    grid-template-columns: 20px minmax(0, 1fr);
    gap: 2px 12px;
    align-items: start;
  }
  .purpose > :not(input) {
    grid-column: 2;
  }
  .purpose > input {
    grid-area: 1 / 1;
    margin: 2px 0 0;
  }
  /* No colour of the sender's beside a choice. */
  .purpose > input:checked {
    border-color: var(--_text);
    background: var(--_text);
    color: var(--_surface);
  }
  .purpose > input[aria-invalid="true"]:not(:focus-visible) {
    outline: 2px solid var(--_bad);
    border-radius: 2px;
  }
  .purpose > label {
    padding-block-end: 2px;
    cursor: pointer;
  }
  @media (pointer: coarse) {
    .purpose > label {
      min-block-size: 44px;
    }
  }

  .check {
    position: relative;
  }
  .check:focus-within {
    outline: 2px solid var(--_text);
    outline-offset: 2px;
  }

  .log {
    inline-size: 100%;
    border-collapse: collapse;
  }
  .log :is(th, td) {
    padding-block: 6px;
    border-block-end: 1px solid var(--_line);
    text-align: start;
    vertical-align: top;
    font-weight: 400;
  }
  .log th {
    color: var(--_muted);
  }
  .log :is(th, td) + :is(th, td) {
    padding-inline-start: 12px;
  }

  /*
   * Two answers of one weight: same colours, size and edge, whatever the page sets. Only its font reaches them. One
   * above the other they are as high as each other, also where the words of one need two lines.
   */
  .pair {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-auto-rows: 1fr;
    gap: 10px;
  }
  .button.choice {
    inline-size: 100%;
    border: 1px solid light-dark(#767f8d, #828c9b);
    border-radius: 6px;
    background: light-dark(#ffffff, #15181d);
    color: light-dark(#161a21, #f2f4f7);
  }
  @media (hover: hover) {
    .button.choice:hover {
      background: light-dark(#eceef2, #272c35);
    }
  }

  @container su (width >= 480px) {
    .pair {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
  }

  @media (prefers-contrast: more) {
    .button.choice {
      border-width: 2px;
    }
  }

  @media (forced-colors: active) {
    .button.choice {
      border-color: ButtonBorder;
      background: ButtonFace;
      color: ButtonText;
    }
  }
`;

/** All that the page is drawn with, in the order in which it counts. */
export const allStyles = [...boxStyles, ticks, styles, lateStyles];
