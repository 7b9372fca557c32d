import { css } from 'lit';

/**
 * Boxes to tick, drawn by ourselves: WebKitGTK's stay white in the dark, and the edge of its empty ones has 1.6 : 1 on white.
 * In a person's own colours they are the system's. Never as round as what one of several is chosen with.
 */
export const ticks = css`
  [type="checkbox"] {
    flex: none;
    inline-size: 20px;
    block-size: 20px;

    @media (forced-colors: none) {
      appearance: none;
      display: grid;
      place-content: center;
      border: 1px solid var(--_edge);
      border-radius: min(4px, var(--_radius-s));
      background: var(--_surface);

      &:checked {
        border-color: var(--_accent-edge);
        background: var(--_accent);
        color: var(--_on);

        &::before {
          content: "";
          inline-size: 6px;
          block-size: 11px;
          margin-block-start: -3px;
          border: solid;
          border-width: 0 2px 2px 0;
          rotate: 45deg;
        }
      }
    }
  }
`;
