{
  // Until then what was loaded after the paint has run too.
  const CALM_MS = 2000;
  const tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: 'longtask', buffered: true });
  globalThis.painted = new Promise((resolve) => {
    // Told of what is new and not looking each frame: to ask for a frame makes one, also where nothing changed.
    const watcher = new MutationObserver(() => look());
    const watch = (root) => watcher.observe(root, { childList: true, subtree: true });
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (options) {
      const root = attachShadow.call(this, options);
      watch(root);
      return root;
    };
    watch(document);
    const look = () => {
      const box = document.querySelector('secure-upload');
      if (!(box ? box.shadowRoot : document)?.querySelector('#choose')) return;
      watcher.disconnect();
      requestAnimationFrame(() => {
        // The task after the frame that shows it.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          const ms = performance.now();
          const tell = () => resolve({ ms, tasks: tasks.map(({ startTime, duration }) => ({ startTime, duration })) });
          setTimeout(tell, CALM_MS);
        };
        port2.postMessage(null);
      });
    };
  });
}
