import { css } from 'lit';

/** Type, in em of the person's own size and on leaf elements only, so that nothing multiplies. */
export const type = css`
  .heading {
    font-size: 1.125em;
    line-height: 1.35;
    font-weight: 600;
    text-wrap: balance;
    overflow-wrap: break-word;
  }

  .sub-heading {
    line-height: 1.4;
    font-weight: 600;
  }

  .small {
    font-size: 0.875em;
    line-height: 1.45;
  }

  p {
    text-wrap: pretty;
  }

  .muted {
    color: var(--_muted);
  }

  .strong {
    font-weight: 500;
  }

  .reference {
    font-family: var(--_mono);
    font-size: 1.125em;
    font-weight: 600;
    letter-spacing: 0.04em;
    white-space: nowrap;
  }

  @container su (width >= 720px) {
    .heading {
      font-size: 1.25em;
    }
  }
`;
