import { css } from 'lit';

/** Fields, what is wrong with them, and buttons that are busy: nothing of a first paint. */
export const fields = css`
  /* Busy: the words stay, three dots follow, and nothing around it moves. */
  .button[aria-disabled="true"] {
    cursor: default;
  }
  .button.busy::after {
    content: "";
    /* Drawn: a font's own may be wider than the room between the words and the edge. */
    flex: none;
    inline-size: 12px;
    block-size: 4px;
    margin-inline: -8px -12px;
    translate: 0 0.25em;
    background: radial-gradient(circle, currentColor 1.1px, transparent 1.5px) 0 / 4px;
  }

  .field {
    display: grid;
    gap: 4px;
    justify-items: start;
  }

  .field > label,
  .field > .label {
    font-weight: 500;
  }

  .input {
    inline-size: 100%;
    min-block-size: 44px;
    padding: 8px 12px;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius-s);
    background: var(--_surface);
    color: var(--_text);
    /* iOS zooms into anything smaller. */
    font-size: max(16px, 1em);
  }

  .input[aria-invalid="true"] {
    border: 2px solid var(--_bad);
    padding: 7px 11px;
  }

  .problem {
    display: flex;
    gap: 6px;
    align-items: flex-start;
    color: var(--_bad);
    font-size: 0.875em;
    line-height: 1.45;
  }

  .code {
    inline-size: 12em;
    max-inline-size: 100%;
    min-block-size: 48px;
    font-family: var(--_mono);
    font-size: 1.375em;
    letter-spacing: 0.12em;
  }
`;
