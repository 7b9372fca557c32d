import { css } from 'lit';

export const styles = css`
  .group,
  .form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
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

  .disclosure > :not(summary, .opens) {
    margin-block-start: 12px;
  }
  .points {
    display: grid;
    gap: 8px;
  }
  .field > .input:not(.code) {
    justify-self: stretch;
  }

  /* The size of the words belongs to the code alone: 12 em of the box, not of the field. */
  .input.code {
    font-size: max(16px, 1.375em);
    inline-size: min(100%, 8.75em);
  }

  .form > .button,
  .group > .button {
    inline-size: 100%;
  }

  .top {
    --_tap: 36px;
    display: flex;
    flex-wrap: nowrap;
    justify-content: space-between;
    align-items: center;
    gap: 12px;
    padding-block-end: 8px;
    padding-inline: 4px;
  }
  /* All of it: nothing else on the cover says whose page this is. */
  .top > p {
    min-inline-size: 0;
  }
  @media (pointer: coarse) {
    .top {
      --_tap: 44px;
    }
  }
  .menu {
    flex: none;
    position: relative;
  }
  .menu > select {
    appearance: none;
    /* No wider than the language that is shown, where browsers can. */
    field-sizing: content;
    min-block-size: var(--_tap);
    padding-inline: 8px 22px;
    border: 0;
    border-radius: var(--_radius-s);
    background: none;
    color: var(--_accent-text);
    font: inherit;
    cursor: pointer;
  }
  .menu > select > option {
    background: var(--_surface);
    color: var(--_text);
  }
  .menu::after {
    content: "";
    position: absolute;
    inset-inline-end: 9px;
    inset-block-start: calc(50% - 0.35em);
    inline-size: 0.4em;
    block-size: 0.4em;
    border: solid var(--_accent-text);
    border-width: 0 1.5px 1.5px 0;
    rotate: 45deg;
    pointer-events: none;
  }
`;
