import { describe } from './log.mjs';
import { clientSpan } from './tracing.mjs';

/** @typedef {'mongodb' | 'redis'} System */
/** @typedef {{ log: import('./log.mjs').Log, metrics: import('./metrics.mjs').Metrics }} Watchers */

/**
 * Runs an operation of a store with a span and a measurement.
 * @template T
 * @param {System} system
 * @param {string} name
 * @param {Watchers} watchers
 * @param {() => Promise<T>} work
 */
export function watched(system, name, { metrics }, work) {
  const attributes = { 'db.system.name': system, 'db.operation.name': name };
  return clientSpan(`${name} ${system}`, attributes, async () => {
    const end = metrics.operations.startTimer({ db_system_name: system, db_operation_name: name });
    try {
      const result = await work();
      end({ error_type: '' });
      return result;
    } catch (error) {
      end({ error_type: error instanceof Error ? error.name : typeof error });
      throw error;
    }
  });
}

/**
 * Remembers whether a store answers.
 * @param {System} system
 * @param {Watchers} watchers
 */
export function watchState(system, { log, metrics }) {
  metrics.up.set({ db_system_name: system }, 0);
  return tellState(system, log, (up) => metrics.up.set({ db_system_name: system }, up));
}

/**
 * Shows whether another program answers, and logs when that changes: one that is down for an hour
 * is two lines, not thousands.
 * @param {string} name
 * @param {import('./log.mjs').Log} log
 * @param {(up: 0 | 1) => void} show
 * @returns {(error?: unknown) => void} To be called after each contact, with what went wrong.
 */
export function tellState(name, log, show) {
  /** @type {boolean | undefined} */
  let up;
  return (error) => {
    const now = error === undefined;
    show(now ? 1 : 0);
    if (now === up) return;
    up = now;
    if (now) log.info(`${name} is up`);
    else log.warn(`${name} is down`, { error: describe(error) });
  };
}
