{
  // Until then what was loaded after the paint has run too.
  const CALM_MS = 2000;
  const tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: 'longtask', buffered: true });
  const there = () => {
    const box = document.querySelector('secure-upload');
    const thing = (box ? box.shadowRoot : document)?.querySelector('#choose');
    return thing ? thing.getClientRects().length > 0 : false;
  };
  globalThis.painted = new Promise((resolve) => {
    const look = () => {
      if (!there()) return requestAnimationFrame(look);
      // The task after the frame that shows it.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const ms = performance.now();
        const tell = () => resolve({ ms, tasks: tasks.map(({ startTime, duration }) => ({ startTime, duration })) });
        setTimeout(tell, CALM_MS);
      };
      port2.postMessage(null);
    };
    requestAnimationFrame(look);
  });
}
