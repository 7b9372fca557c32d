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

  @container su (width >= 720px) {
    .heading {
      font-size: 1.25em;
    }
  }
`;
