/** Longer than the longest pause between two reports of a transfer that goes on. */
const ASLEEP_MS = 60_000;

type Heard = (event: Event) => void;

/** What the element under way listens for on its page, so that only it hears of the sleep. */
export function listenForSleep(): { readonly wake: () => void; readonly stop: () => void } {
  const heard: Heard[] = [];
  const add = document.addEventListener;
  document.addEventListener = (type: string, hear: EventListenerOrEventListenerObject, options?: object) => {
    if (type === 'visibilitychange' && typeof hear === 'function') heard.push(hear);
    add.call(document, type, hear, options);
  };
  return {
    wake: () => sleepAndWake(heard),
    stop: () => void Reflect.deleteProperty(document, 'addEventListener'),
  };
}

function sleepAndWake(heard: readonly Heard[]): void {
  const { now } = Date;
  const tell = (visibilityState: string) => {
    Object.defineProperty(document, 'visibilityState', { value: visibilityState, configurable: true });
    for (const hear of heard) hear(new Event('visibilitychange'));
  };
  tell('hidden');
  Date.now = () => now() + ASLEEP_MS;
  tell('visible');
  Date.now = now;
  Reflect.deleteProperty(document, 'visibilityState');
}
