import { css } from 'lit';

/**
 * What keeps the box whole on any page. Rules of a page for `*` hit the host itself and win over ours, so the page's
 * letter-spacing, capitals, line height and colour end one step further in, at `.frame`, which no page can reach.
 * `font-size: medium` is the person's own size even where the page sets `html` to 62.5 %. A size container has no width
 * of its own, so `inline-size: 100%` is what gives the host one in a flex row or a centred column; and where a page shrinks
 * to what is in it (a table cell, a dialog, a float), two words far apart do: 480 px wide at most, and a letter at least.
 */
export const host = css`
  :host {
    display: block;
    box-sizing: border-box !important;
    inline-size: 100%;
    min-inline-size: min(240px, 100%);
    max-inline-size: 960px;
    font-family: var(--su-font, inherit);
    color-scheme: inherit;
  }

  :host::before {
    content: "a b";
    display: block;
    block-size: 0;
    overflow: hidden;
    visibility: hidden;
    word-spacing: 480px;
  }

  .frame {
    all: initial;
    display: block;
    container: su / inline-size;
    font-family: inherit;
    font-size: var(--su-font-size, medium);
    line-height: 1.5;
    text-align: start;
    overflow-wrap: anywhere;
    -webkit-text-size-adjust: 100%;
    color: var(--_text);
    color-scheme: inherit;
    direction: inherit;
    visibility: inherit;
  }

  :host([hidden]) {
    display: none;
  }

  :where(*, *::before, *::after) {
    box-sizing: border-box;
  }

  :where(h2, h3, p, ul, ol, li, dl, dt, dd, figure, fieldset, legend) {
    margin: 0;
    padding: 0;
    border: 0;
    font: inherit;
  }

  :where(ul, ol) {
    list-style: none;
  }

  :where(button, input, select, textarea) {
    margin: 0;
    font: inherit;
    letter-spacing: inherit;
    color: inherit;
  }

  [hidden] {
    display: none !important;
  }

  .hidden-text {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
