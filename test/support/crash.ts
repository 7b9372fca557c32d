import type { Storage } from '../../demo/bucket/storage.ts';
import type { MemoryStorage } from './memory-storage.ts';

/** A step of one process that stands still until it is let go, or for ever (`die`); `reached` when it has come there. */
export function gate() {
  let open = (): void => {};
  let arrive = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const pass = async (): Promise<void> => {
    arrive();
    await opened;
  };
  const die = (): Promise<never> => {
    arrive();
    return new Promise(() => {});
  };
  return { pass, die, open, reached };
}

/** The same objects behind some verbs that do other things. */
export function changed(storage: MemoryStorage, verbs: Partial<Storage>): Storage {
  return new Proxy(storage, {
    get: (target, name) => {
      const value = Reflect.get(name in verbs ? verbs : target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
