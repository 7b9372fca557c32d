import { css } from 'lit';

/** What is asked before an upload: a box, what it says, and whether it is needed. */
export const agreeStyles = css`
  .agree {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 4px;
    padding-block-start: 16px;
    border-block-start: 1px solid var(--_line);
  }

  .purpose {
    display: grid;
    grid-template-columns: 20px minmax(0, 1fr);
    column-gap: 12px;
    align-items: start;

    > :is(label, .need) {
      grid-column: 2;
    }
    > input {
      grid-area: 1 / 1;
      margin: calc((max(1.5em, var(--_tap)) - 20px) / 2) 0 0;
      /* Clear of the buttons that stick to the end of a small screen. */
      scroll-margin-block: 8px 140px;

      &[aria-invalid="true"]:not(:focus-visible) {
        outline: 2px solid var(--_bad);
        outline-offset: 0;
      }
    }
    > label {
      grid-row: 1;
      padding-block: calc((max(1.5em, var(--_tap)) - 1.5em) / 2);
      cursor: pointer;
    }
    > .need {
      margin-block-start: -8px;
      padding-block-end: 8px;
    }
    /* Under the whole line: beside what a tick is for few words would fit into one. */
    > .problem {
      grid-column: 2 / -1;
      padding-block-end: 8px;
    }
  }
  /* Clear of the heading also with the focus around it. */
  .agree > .note {
    margin-block-start: 4px;
  }

  @container su (width >= 480px) {
    /* What is agreed to is a sentence: in a column of labels its longer words would break. */
    .agree .facts {
      grid-template-columns: fit-content(40%) minmax(0, 1fr);
    }
    .purpose {
      grid-template-columns: 20px minmax(0, 1fr) auto;
    }
    .purpose > .need {
      grid-area: 1 / 3;
      margin: 0;
      padding-block: calc((var(--_tap) - 1.45em) / 2);
    }
  }
`;
