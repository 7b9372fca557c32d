import { css } from 'lit';

/** What the first paint of a box is made of: card, lines, icons, groups of buttons. */
export const parts = css`
  .card {
    --_tap: 36px;
    display: grid;
    /* Without the 0 a long name would set the width of the whole card. */
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    padding: var(--su-padding, 16px);
    border: var(--su-border, 1px) solid var(--_line);
    border-radius: var(--_radius-l);
    background: var(--_surface);
  }

  .top {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    align-items: baseline;
    justify-content: space-between;
  }

  .line {
    display: flex;
    gap: 8px;
    align-items: flex-start;
  }

  .icon {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .icon.size-32 {
    inline-size: 32px;
    block-size: 32px;
    stroke-width: 1.25;
  }

  .line > .icon {
    margin-block-start: calc((1lh - 1em) / 4);
  }

  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    justify-items: start;
  }

  .buttons {
    display: grid;
    gap: 8px;
  }

  @container su (width < 480px) {
    .card {
      --_tap: 44px;
    }
  }

  @container su (width >= 480px) {
    .card {
      gap: 20px;
      padding: var(--su-padding, 20px);
    }
    .buttons {
      display: flex;
      flex-wrap: wrap;
    }
  }

  @container su (width >= 720px) {
    .card {
      padding: var(--su-padding, 24px);
    }
  }

  @media (pointer: coarse) {
    .card {
      --_tap: 44px;
    }
  }
`;
