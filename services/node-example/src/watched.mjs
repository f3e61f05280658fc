import { describe } from './log.mjs';
import { storeSpan } from './tracing.mjs';

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
  return storeSpan(`${name} ${system}`, attributes, async () => {
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
 * Remembers whether a store answers, and logs when that changes: a store that is down for an hour
 * is two lines, not thousands.
 * @param {System} system
 * @param {Watchers} watchers
 * @returns {(error?: unknown) => void} To be called after each contact, with what went wrong.
 */
export function watchState(system, { log, metrics }) {
  /** @type {boolean | undefined} */
  let up;
  metrics.up.set({ db_system_name: system }, 0);
  return (error) => {
    const now = error === undefined;
    metrics.up.set({ db_system_name: system }, now ? 1 : 0);
    if (now === up) return;
    up = now;
    if (now) log.info(`${system} is up`);
    else log.warn(`${system} is down`, { error: describe(error) });
  };
}
