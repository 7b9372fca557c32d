import { css } from 'lit';

/** The same of what comes after a first paint: rows, progress, ticks, notes. */
export const lateModes = css`
  @media (prefers-reduced-motion: no-preference) {
    .row {
      animation: su-row-in 180ms var(--_ease);
    }
    .progress.unknown > .fill {
      inline-size: 30%;
      animation: su-stripe 1200ms linear infinite;
    }
    .tick {
      stroke-dasharray: 12;
      animation: su-tick 240ms var(--_ease);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .progress > .fill {
      transition: none;
    }
    .progress.unknown > .fill {
      inline-size: 30%;
    }
    .row {
      animation: su-fade-in 180ms linear;
    }
  }

  @keyframes su-row-in {
    from {
      opacity: 0;
      translate: 0 4px;
    }
  }
  @keyframes su-fade-in {
    from {
      opacity: 0;
    }
  }
  @keyframes su-stripe {
    from {
      margin-inline-start: -30%;
    }
    to {
      margin-inline-start: 100%;
    }
  }
  @keyframes su-tick {
    from {
      stroke-dashoffset: 12;
    }
    to {
      stroke-dashoffset: 0;
    }
  }

  @media (prefers-contrast: more) {
    .input {
      border-width: 2px;
    }
    .button:is(.quiet, .icon-only) {
      border-width: 1px;
    }
  }

  @media (forced-colors: active) {
    .button:is(.quiet, .icon-only) {
      border-color: ButtonBorder;
    }
    .note {
      border: 1px solid CanvasText;
    }
    .progress {
      border: 1px solid CanvasText;
      forced-color-adjust: none;
      background: Canvas;
    }
    .progress > .fill {
      background: Highlight;
    }
  }
`;
