import { css } from 'lit';

/** Motion, strong contrast, the system's own colours, print. Comes last. */
export const modes = css`
  @media (prefers-reduced-motion: reduce) {
    .button:active {
      translate: none;
    }
  }

  @media (prefers-contrast: more) {
    .card,
    .button {
      border-width: 2px;
    }
  }

  @media (forced-colors: active) {
    .button {
      border-color: ButtonBorder;
    }
    :focus-visible {
      outline-color: Highlight;
      box-shadow: none;
    }
  }
`;
