/**
 * Lets time run faster, so that a stall of 30 s or a lease of 60 s passes in seconds. Storage, broker, provider and page
 * run by the same fast clock and agree about every date. Reads `origin,factor,timers` (ms since epoch, times as fast, 1
 * where timers are to be as fast as the clock) from `fastTime`, or from FAST_TIME. A plain script: processes load it
 * before anything else, and pages too.
 */
(() => {
  const setting = globalThis.fastTime ?? globalThis.process?.env.FAST_TIME;
  if (!setting) return;
  const [origin = 0, factor = 1, hasTimers = 0] = setting.split(',').map(Number);
  const now = Date.now;
  const fast = () => Math.round(origin + (now() - origin) * factor);
  globalThis.Date = new Proxy(Date, {
    construct: (target, values, newTarget) =>
      Reflect.construct(target, values.length > 0 ? values : [fast()], newTarget),
    get: (target, name) => (name === 'now' ? fast : Reflect.get(target, name)),
  });
  const timeout = AbortSignal.timeout;
  AbortSignal.timeout = (ms) => timeout.call(AbortSignal, Math.max(1, Math.round(ms / factor)));
  if (!hasTimers) return;
  for (const name of ['setTimeout', 'setInterval']) {
    const set = globalThis[name];
    globalThis[name] = (act, ms = 0, ...values) => set(act, ms / factor, ...values);
  }
})();
