// The secret stands behind the `#`, which no browser sends; link protection may have turned that into `%23`.
const token =
  /#([A-Za-z0-9]{43})$/.exec(decodeURIComponent(location.hash.replace(/%(?![0-9a-f]{2})/gi, '')))?.[1] ?? '';

const call = async (path, body) => {
  const answer = await fetch(`/v1/recipient/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, ...body }),
  });
  return { status: answer.status, body: await answer.json() };
};

const show = (name) => {
  for (const id of ['loading', 'open', 'stopped', 'unknown', 'problem']) {
    document.getElementById(id).hidden = id !== name;
  }
  // What has come about has a heading of its own.
  document.querySelector('main > h1').hidden = name === 'stopped' || name === 'unknown';
};

const tell = ({ status, body }) => {
  if (status === 404 || status === 410) return show('unknown');
  if (status !== 200) return fail();
  const facts = { sender: body.sender, org: body.org, address: body.masked_address };
  for (const place of document.querySelectorAll('[data-is]')) place.textContent = facts[place.dataset.is];
  show(body.stopped_at ? 'stopped' : 'open');
};

/** Beside what can be pressed again; where nothing could be read yet, alone. */
const fail = () => {
  document.getElementById('loading').hidden = true;
  document.getElementById('problem').hidden = false;
};

// A press of a script is told as one; the broker takes only a person's.
const press = (id, stopped) =>
  document.getElementById(id).addEventListener('click', async (event) => {
    try {
      tell(await call('stop', { stopped, is_trusted: event.isTrusted }));
      document.querySelector('#stopped:not([hidden]) h1, #open:not([hidden]) button')?.focus();
    } catch {
      fail();
    }
  });

press('stop', true);
press('allow', false);
call('stop/notice', {}).then(tell, fail);
