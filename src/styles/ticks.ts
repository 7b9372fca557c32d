import { css } from 'lit';

/**
 * Boxes to tick, drawn by ourselves: WebKitGTK's stay white in the dark, and the edge of its empty ones has 1.6 : 1 on white.
 * In a person's own colours they are the system's.
 */
export const ticks = css`
  input[type="checkbox"] {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
  }

  @media (forced-colors: none) {
    input[type="checkbox"] {
      appearance: none;
      display: grid;
      place-content: center;
      border: 1px solid var(--_edge);
      /* Never as round as what is chosen one of. */
      border-radius: min(4px, var(--_radius-s));
      background: var(--_surface);
    }
    input:checked {
      border-color: var(--_tick, var(--_accent-edge));
      background: var(--_tick, var(--_accent));
    }
    input:checked::before {
      content: "";
      inline-size: 6px;
      block-size: 11px;
      margin-block-start: -3px;
      border: solid var(--_tick-on, var(--_on));
      border-width: 0 2px 2px 0;
      rotate: 45deg;
    }
  }
`;
