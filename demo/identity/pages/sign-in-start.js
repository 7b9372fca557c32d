// Takes the transaction from the window that opened this one, if that is a page of the app, and begins the sign-in.
// The opener is told that this page is ready only if its origin is on the list: the browser checks that.

const read = (name) => document.querySelector(`meta[name="${name}"]`).content;
const app = read('app');
const origins = [...JSON.parse(read('app-origins')), location.origin];

async function begin({ challenge, nonce, jkt, state, acr_values, max_age }, origin) {
  const answer = await fetch('/sign-in/start', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ app, origin, challenge, nonce, jkt, state, acr_values, max_age }),
  });
  if (!answer.ok) return giveUp();
  const { authorize } = await answer.json();
  if (new URL(authorize).origin === location.origin) location.replace(authorize);
}

function giveUp() {
  document.querySelector('#wait').hidden = true;
  document.querySelector('#lost').hidden = false;
}

/** A page that opens this window answers at once, or when its sign-in code is loaded: until then it is asked again. */
const SILENCE_MS = 15_000;
const AGAIN_MS = 500;

// A sandbox that gives its chains to its windows leaves this one without an origin: nobody could know who speaks.
if (window.opener && self.origin === location.origin) {
  // A link's window is known by the ticket in its address. A sandboxed frame has no origin that could be named.
  const ready = { type: 'secure-upload:ready', ticket: location.hash.slice(1) };
  const ask = () => {
    for (const origin of origins) window.opener?.postMessage(ready, origin === 'null' ? '*' : origin);
  };
  const asking = setInterval(ask, AGAIN_MS);
  // Not the end: whoever answers later is heard.
  const silence = setTimeout(giveUp, SILENCE_MS);
  addEventListener('message', function take(event) {
    if (event.source !== window.opener || !origins.includes(event.origin)) return;
    if (event.data?.type !== 'secure-upload:transaction') return;
    removeEventListener('message', take);
    clearInterval(asking);
    clearTimeout(silence);
    begin(event.data.transaction, event.origin).catch(giveUp);
  });
  ask();
} else {
  giveUp();
}
