import { css } from 'lit';

/** Buttons without an edge: beside another one, and in a row. Comes after `controls`. */
export const lateControls = css`
  .button.quiet {
    padding-inline: 8px;
    border-color: transparent;
    background: none;
    color: var(--_accent-text);
  }

  .button.icon-only {
    flex: none;
    inline-size: var(--_tap);
    padding: 0;
    border-color: transparent;
    background: none;
    color: var(--_muted);
  }

  @media (hover: hover) {
    .button.icon-only:hover {
      color: var(--_text);
    }
  }
`;
