import { css } from 'lit';

export const styles = css`
  .head,
  .group,
  .form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
  }
  .head {
    gap: 4px;
  }
  .form {
    gap: 16px;
  }

  .loading {
    min-block-size: 24em;
  }

  /* Quick answers are not worth a word. */
  .late {
    animation: su-late 400ms step-end;
  }
  @keyframes su-late {
    from {
      visibility: hidden;
    }
  }

  .bold {
    font-weight: 600;
  }

  .disclosure > :not(summary) {
    margin-block-start: 12px;
  }
  .plain {
    display: grid;
    gap: 8px;
  }
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

  .changed {
    padding-inline-start: 8px;
    border-inline-start: 3px solid var(--_warn);
  }
  .tag {
    color: var(--_warn);
    font-weight: 500;
  }

  .field > .input:not(.code) {
    justify-self: stretch;
  }

  /* The size of the words belongs to the code alone: 12 em of the box, not of the field. */
  .input.code {
    font-size: max(16px, 1.375em);
    inline-size: min(100%, 8.75em);
  }

  /*
   * Two answers of one weight: same colours, size and edge, whatever the page sets. Only its font reaches them.
   */
  .pair {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
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

  .form > .button,
  .group > .button {
    inline-size: 100%;
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
