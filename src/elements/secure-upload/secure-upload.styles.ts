import { css } from 'lit';

/** What only the uploader has, in its first paint: the zone. */
export const uploadStyles = css`
  .card {
    position: relative;
  }
  .card.loading {
    min-block-size: 400px;
  }

  .card.off {
    opacity: 0.5;
  }

  .card.touch {
    --_tap: 44px;
  }

  .narrow {
    display: none;
  }

  .ribbon {
    justify-self: start;
    padding: 2px 8px;
    border-radius: var(--_radius-s);
    background: var(--_warn-bg);
  }

  .zone {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    justify-items: center;
    padding: 16px;
    border: 1.5px dashed var(--_edge);
    border-radius: var(--_radius-m);
    background: var(--_subtle);
    text-align: center;
  }
  .zone p {
    text-wrap: balance;
  }
  .zone .icon {
    color: var(--_muted);
  }
  .zone .buttons {
    inline-size: 100%;
  }
  .zone.plain {
    padding: 0;
    border: 0;
    background: none;
    text-align: start;
  }
  .zone.plain > .small {
    justify-self: start;
  }

  .fallback:empty {
    display: none;
  }
  ::slotted(a) {
    color: var(--_accent-text);
    text-underline-offset: 2px;
    display: inline-block;
    padding-block: calc((var(--_tap) - 1lh) / 2);
  }

  @container su (width < 480px) {
    .when-wide {
      display: none;
    }
  }

  @container su (width >= 480px) {
    .when-compact {
      display: none;
    }
    .zone:not(.plain) {
      padding: 28px 20px;
    }
    .zone .buttons {
      inline-size: auto;
      justify-content: center;
    }
    .zone.plain .buttons {
      justify-self: start;
    }
  }

  @container su (width >= 720px) {
    .zone:not(.plain) {
      padding: 36px 24px;
    }
  }

  @container su (width < 240px) {
    .card > :not(.narrow) {
      display: none;
    }
    .narrow {
      display: flex;
    }
  }
`;
