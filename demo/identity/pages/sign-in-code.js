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

function tell(error) {
  confirm.hidden = true;
  enter.hidden = false;
  problem.textContent = problem.dataset[error.message] ?? problem.dataset.down;
  code.setAttribute('aria-invalid', error.message === 'wrong');
  code.focus();
  // The next code takes the place of the one that did not work.
  code.select();
}

enter.addEventListener('submit', (event) => {
  event.preventDefault();
  problem.textContent = '';
  ask('/sign-in/code/look').then(({ org, site }) => {
    find('org').textContent = org;
    const place = find('site');
    place.textContent = site === 'null' ? place.dataset.unknown : new URL(site).host;
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
