import { css } from 'lit';

/** Buttons and links of a first paint. */
export const controls = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: var(--_tap);
    padding: 6px 14px;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius-s);
    background: var(--_surface);
    color: var(--_text);
    font-weight: 500;
    line-height: 1.4;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    user-select: none;
    -webkit-tap-highlight-color: transparent;
    transition: background-color 120ms var(--_ease), color 120ms var(--_ease);
  }

  .button.primary {
    border-color: var(--_accent-edge);
    background: var(--_accent);
    color: var(--_on);
  }

  @media (hover: hover) {
    .button:hover {
      background: var(--_hover);
    }
    .button.primary:hover {
      background: var(--_fill-hover);
    }
  }

  .button:active {
    translate: 0 1px;
  }

  /* Where the brand is no colour but a grey, a line has to tell what can be pressed from what is read. */
  :is(.button.quiet, .link.opens) {
    text-decoration: underline;
    text-decoration-color: oklch(from currentColor l c h / calc((0.06 - c) * 1000));
    text-underline-offset: 2px;
  }

  .link {
    display: inline;
    padding: 0;
    border: 0;
    border-radius: 2px;
    background: none;
    color: var(--_accent-text);
    text-align: start;
    cursor: pointer;
  }
  .link:not(.opens) {
    text-decoration: underline;
    text-underline-offset: 2px;
  }

  /* Links inside a line keep the height of the line; this lends them the room of a finger. */
  .link {
    position: relative;
  }
  .link::before {
    content: "";
    position: absolute;
    inset-inline: -4px;
    inset-block: min(0px, (100% - max(24px, var(--_tap))) / 2);
  }

  /* Opens here; a link leads elsewhere. */
  .link.opens::after {
    content: "";
    display: inline-block;
    inline-size: 0.4em;
    block-size: 0.4em;
    margin-inline: 0.5em 0.2em;
    border: solid currentColor;
    border-width: 0 1.5px 1.5px 0;
    rotate: 45deg;
    translate: 0 -0.2em;
  }
  :is([open] > .link.opens, .link.opens[aria-expanded="true"])::after {
    rotate: 225deg;
    translate: 0 0.05em;
  }

  :focus-visible {
    outline: 2px solid var(--_text);
    outline-offset: 2px;
    box-shadow: 0 0 0 2px var(--_surface);
  }
`;
