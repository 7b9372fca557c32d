/** Dispatches `change` once for all that happens in a task, after it. */
export function changeTeller(flow: EventTarget): () => void {
  let isTelling = false;
  return () => {
    if (isTelling) return;
    isTelling = true;
    queueMicrotask(() => {
      isTelling = false;
      flow.dispatchEvent(new Event('change'));
    });
  };
}
