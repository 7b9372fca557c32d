import { css } from 'lit';

/** A panel of its own, with nothing of the box in it but its colours and its type. */
export const setupStyles = css`
  :host {
    all: unset;
    display: block;
    margin-block-start: 12px;
    text-align: start;
    --_tap: 36px;
  }

  .panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    padding: 12px;
    border: 1px dashed var(--_edge);
    border-radius: var(--_radius-m);
    background: var(--_surface);
    color: var(--_text);
    font-size: 0.875em;
    line-height: 1.45;
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    align-items: center;
  }
  .head > h2 {
    font-weight: 600;
  }
  .head > .button {
    margin: -6px -8px -6px auto;
  }

  .lines {
    display: grid;
    gap: 8px;
  }
  .line > .icon {
    margin-block-start: 0.1em;
  }
  .line.ok > .icon {
    color: var(--_ok);
  }
  .line.warn {
    color: var(--_warn);
  }
  .line > .told {
    display: grid;
    gap: 4px;
    justify-items: start;
    min-inline-size: 0;
  }

  /* On lines of its own: it would break at its hyphen. */
  code {
    display: block;
    font-family: ui-monospace, monospace;
    overflow-wrap: anywhere;
    user-select: all;
  }

  @media (pointer: coarse) {
    :host {
      --_tap: 44px;
    }
  }
  @container su (width < 480px) {
    .panel {
      --_tap: 44px;
    }
  }
`;
