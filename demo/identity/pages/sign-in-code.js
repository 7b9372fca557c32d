// Shows what a code is for, and begins the sign-in in this browser only when the person says so.

const find = (id) => document.querySelector(`#${id}`);
const [enter, confirm, code, problem] = ['enter', 'confirm', 'code', 'problem'].map(find);

async function ask(path) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user_code: code.value }),
  });
  if (answer.ok) return answer.json();
  throw new Error(answer.status === 429 ? 'slow' : answer.status < 500 ? 'wrong' : 'down');
}

const WORDS = {
  wrong: 'This code does not work. Look at your upload page: it shows the code that does.',
  slow: 'Too many codes were tried. Try again in a minute.',
};

function tell(error) {
  confirm.hidden = true;
  enter.hidden = false;
  problem.textContent = WORDS[error.message] ?? 'We cannot reach the service. Try again.';
  code.focus();
}

enter.addEventListener('submit', (event) => {
  event.preventDefault();
  problem.textContent = '';
  ask('/sign-in/code/look').then(({ org, site }) => {
    find('org').textContent = org;
    find('site').textContent = site === 'null' ? 'an unknown address' : new URL(site).host;
    enter.hidden = true;
    confirm.hidden = false;
    confirm.querySelector('button').focus();
  }, tell);
});

confirm.addEventListener('submit', (event) => {
  event.preventDefault();
  ask('/sign-in/code/begin').then(({ authorize }) => {
    if (new URL(authorize).origin === location.origin) location.assign(authorize);
  }, tell);
});
