/** Where a page may leave a secret, as text that runs in the page of any engine. */

/** Notes every line of the console and every detail of an event. */
export const LISTEN = `(() => {
  const told = [];
  for (const name of ['log', 'info', 'warn', 'error', 'debug']) {
    const said = console[name];
    console[name] = (...words) => { told.push('console ' + words.map(String).join(' ')); said(...words); };
  }
  const dispatch = EventTarget.prototype.dispatchEvent;
  EventTarget.prototype.dispatchEvent = function (event) {
    try { told.push('event ' + event.type + ' ' + JSON.stringify(event.detail ?? null)); } catch { told.push('event ' + event.type); }
    return dispatch.call(this, event);
  };
  globalThis.__told = () => told;
})()`;

/** The places that hold one of these values; `shown` is what the search read, to see that it reads at all. */
export const search = (values: readonly string[]): string => `(async () => {
  const values = ${JSON.stringify(values)};
  const places = {};
  const put = (place, text) => { places[place] = (places[place] ?? '') + '\\n' + text; };
  const guarded = (place, read) => { try { put(place, read()); } catch { put(place, ''); } };
  guarded('localStorage', () => JSON.stringify({ ...localStorage }));
  guarded('sessionStorage', () => JSON.stringify({ ...sessionStorage }));
  guarded('cookies', () => document.cookie);
  put('address', location.href + ' ' + document.referrer);
  put('history', JSON.stringify(history.state));
  put('arrival', performance.getEntriesByType('navigation').map(({ name }) => name).join(' '));
  put('name', window.name);
  const walk = (root) => {
    put('DOM', root.innerHTML ?? root.documentElement?.outerHTML ?? '');
    for (const element of root.querySelectorAll('*')) {
      if ('value' in element) put('DOM', String(element.value));
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(document);
  put('told', __told().join('\\n'));
  put('IndexedDB', '');
  for (const { name } of (await indexedDB.databases?.()) ?? []) {
    const db = await new Promise((resolve, reject) => { const r = indexedDB.open(name); r.onsuccess = () => resolve(r.result); r.onerror = () => reject(r.error); });
    for (const store of db.objectStoreNames) {
      const rows = await new Promise((resolve, reject) => { const r = db.transaction(store).objectStore(store).getAll(); r.onsuccess = () => resolve(r.result); r.onerror = () => reject(r.error); });
      put('IndexedDB', JSON.stringify(rows));
    }
    db.close();
  }
  for (const name of await caches?.keys?.() ?? []) put('caches', name);
  return Object.entries(places).filter(([, text]) => values.some((value) => text.includes(value) || text.includes(encodeURIComponent(value)))).map(([place]) => place).sort();
})()`;

/** Leaves a value in each of those places. */
export const plant = (value: string): string => `(async () => {
  const value = ${JSON.stringify(value)};
  localStorage.setItem('planted', value);
  sessionStorage.setItem('planted', value);
  document.cookie = 'planted=' + value;
  history.replaceState({ value }, '', '#' + value);
  window.name = value;
  document.body.append(Object.assign(document.createElement('input'), { value, hidden: true }));
  console.debug(value);
  await new Promise((resolve, reject) => {
    const r = indexedDB.open('planted', 1);
    r.onupgradeneeded = () => r.result.createObjectStore('rows').put({ value }, 1);
    r.onsuccess = () => { r.result.close(); resolve(); };
    r.onerror = () => reject(r.error);
  });
  return true;
})()`;

export const PLACES = [
  'DOM',
  'IndexedDB',
  'address',
  'cookies',
  'history',
  'localStorage',
  'name',
  'sessionStorage',
  'told',
];
