import type { ServerResponse } from 'node:http';
import { ACCOUNTS, SECOND_STEP } from './accounts.ts';

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 0; display: grid; place-items: center; min-height: 100vh; background: light-dark(#f5f6f8, #0e1014); color: light-dark(#161a21, #f2f4f7) }
form { box-sizing: border-box; display: grid; gap: 12px; width: min(100%, 360px); padding: 24px; border: 1px solid light-dark(#d9dde4, #363d48); border-radius: 14px; background: light-dark(#fff, #15181d) }
h1 { margin: 0; font-size: 20px }
p { margin: 0; color: light-dark(#525b69, #a8b1bf) }
p span { white-space: nowrap }
label { display: grid; gap: 4px; font-weight: 500 }
input, button { box-sizing: border-box; min-height: 44px; padding: 6px 12px; border: 1px solid light-dark(#767f8d, #828c9b); border-radius: 6px; background: inherit; color: inherit; font: inherit }
button { margin-top: 8px; border-color: #2a5bd7; background: #2a5bd7; color: #fff; font-weight: 500 }
:focus-visible { outline: 2px solid currentColor; outline-offset: 2px }
[role=alert] { color: light-dark(#b3261e, #ff9189) }
`;

/** Nobody has to look for the table in the terminal. */
const KNOWN = ACCOUNTS.map(({ username, password }) => `<span>${username} / ${password}</span>`).join(', ');

const CODE = `<label>Code of your second step (${SECOND_STEP}) <input name="code" inputmode="numeric" autocomplete="one-time-code" required></label>
  `;

/** User name, password, one button; a code where the sign-in must be stronger. COOP as real providers send it: the window's opener is cut off here. */
export function loginPage(
  response: ServerResponse,
  { isRetry, isStrong }: { readonly isRetry: boolean; readonly isStrong: boolean },
): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'cross-origin-opener-policy': 'same-origin',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
  });
  response.end(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in to Acme</title>
<style>${STYLE}</style>
<form method="post">
  <h1>Sign in to Acme</h1>
  <p>Demo accounts only: ${KNOWN}.</p>
  ${isRetry ? `<p role="alert">${isStrong ? 'User name, password and code' : 'User name and password'} do not match.</p>` : ''}
  <label>User name <input name="username" autocomplete="username" autocapitalize="none" required autofocus></label>
  <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
  ${isStrong ? CODE : ''}<button>Sign in</button>
</form>
</html>`);
}
