import { css } from 'lit';

/**
 * Colours, shape and size. Every figure stands in test/styles/contrast.test.ts, which reads this file: a colour that
 * falls under 4.5 : 1 for text or 3 : 1 for edges fails there.
 *
 * Names with `--su-` belong to the page; names with `--_` are ours. `--_app-…` come from the app's appearance and are
 * set on the host by the element, so that a page's own property wins over them.
 */
export const tokens = css`
  :host {
    --_surface: var(--su-surface, light-dark(#ffffff, #15181d));
    --_subtle: var(--su-subtle, light-dark(#f5f6f8, #1d2128));
    --_hover: light-dark(#eceef2, #272c35);
    --_line: var(--su-line, light-dark(#d9dde4, #363d48));
    --_edge: var(--su-edge, light-dark(#767f8d, #828c9b));
    --_text: var(--su-text, light-dark(#161a21, #f2f4f7));
    --_muted: var(--su-muted, light-dark(#525b69, #a8b1bf));
    --_ok: var(--su-ok, light-dark(#0f6b43, #62d49c));
    --_ok-bg: light-dark(#e8f5ee, #13291f);
    --_warn: var(--su-warn, light-dark(#7a4a00, #f3bb55));
    --_warn-bg: light-dark(#fff4dd, #2d2412);
    --_bad: var(--su-bad, light-dark(#b3261e, #ff9189));
    --_bad-bg: light-dark(#fdeceb, #341b19);
    --_accent: var(--su-accent, var(--_app-accent, #2a5bd7));

    /* Black or white by luminance; never under 4.58 : 1. */
    --_on: color(
      from var(--_accent) xyz-d65 clamp(0, (0.1791 - y) * 10000, 0.9505) clamp(0, (0.1791 - y) * 10000, 1)
        clamp(0, (0.1791 - y) * 10000, 1.089)
    );
    /* Links and quiet buttons. */
    --_accent-text: light-dark(
      oklch(from var(--_accent) min(l, 0.48) c h),
      oklch(from var(--_accent) max(l, 0.69) min(c, 0.16) h)
    );
    /* Progress, the zone while files are over it, the edge of the filled button. */
    --_accent-edge: light-dark(
      oklch(from var(--_accent) min(l, 0.58) c h),
      oklch(from var(--_accent) max(l, 0.59) min(c, 0.16) h)
    );
    --_accent-tint: color-mix(in oklab, var(--_accent) 10%, var(--_surface));
    /* Hover moves away from the colour of the words, so contrast grows. */
    --_fill-hover: color-mix(
      in oklab,
      var(--_accent) 88%,
      color(from var(--_on) srgb calc(1 - r) calc(1 - g) calc(1 - b))
    );

    --_roundness: var(--su-roundness, var(--_app-roundness, 1));
    --_radius-s: calc(6px * var(--_roundness));
    --_radius-m: calc(10px * var(--_roundness));
    --_radius-l: calc(14px * var(--_roundness));
    --_ease: cubic-bezier(0.2, 0, 0, 1);
  }

  /* An engine without relative colours gets the default accent, whose derived colours are known. */
  @supports not (color: oklch(from red l c h)) {
    :host {
      --_accent: #2a5bd7;
      --_on: #ffffff;
      --_accent-text: light-dark(#2050cb, #6897fe);
      --_accent-edge: light-dark(#2a5bd7, #4b77db);
      --_fill-hover: #254fbd;
    }
  }

  @media (prefers-contrast: more) {
    :host {
      --_muted: var(--_text);
      --_line: var(--_edge);
    }
  }
`;
