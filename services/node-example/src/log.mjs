import { trace } from '@opentelemetry/api';
import { LEVELS } from './config.mjs';
import { withoutSecrets } from './secret.mjs';

/** @typedef {import('./config.mjs').Level} Level */
/** @typedef {(message: string, fields?: Record<string, unknown>) => void} Write */
/** @typedef {Record<Level, Write>} Log */

/**
 * Writes JSON lines to standard output, with the ids of the current trace.
 * @param {Level} least
 * @returns {Log}
 */
export function createLog(least) {
  /** @param {Level} level @returns {Write} */
  const at = (level) => (message, fields) => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
    const span = trace.getActiveSpan()?.spanContext();
    const ids = span && { traceId: span.traceId, spanId: span.spanId };
    const line = { time: new Date().toISOString(), level, message, ...ids, ...fields };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/**
 * What may be logged of an error. Only these fields: an error of a client library can carry
 * credentials in others.
 * @param {unknown} error
 * @returns {Record<string, string>}
 */
export function describe(error) {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && error.code !== undefined ? { code: String(error.code) } : {};
  return { name: error.name, ...code, message: withoutSecrets(error.message) };
}

/**
 * As describe(), and where it happened: for errors that nobody expected.
 * @param {unknown} error
 */
export function describeFully(error) {
  const stack = error instanceof Error ? (error.stack ?? '') : String(error);
  return { ...describe(error), stack: withoutSecrets(stack) };
}
