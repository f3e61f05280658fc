import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { withTests } from './children.mjs';

const MAIN = fileURLToPath(new URL('../../src/main.mjs', import.meta.url));

/** @typedef {Record<string, any> & { level: string, message: string }} Line */
/** @typedef {Awaited<ReturnType<typeof startService>>} Service */

/**
 * Runs the service as a process of its own, on free ports.
 * @param {Record<string, string>} env
 */
export async function startService(env, main = MAIN) {
  const service = spawnService({ PORT: '0', METRICS_PORT: '0', ...env }, main);
  await until(() => service.lines.some(({ message }) => message === 'listening'));
  const { port, metricsPort } = service.line('listening');
  const url = `http://127.0.0.1:${port}`;
  return { ...service, port, url, metricsUrl: `http://127.0.0.1:${metricsPort}/metrics` };
}

/** @param {Record<string, string>} env Nothing else is passed on. */
export function spawnService(env, main = MAIN) {
  const child = withTests(
    spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] }),
  );
  /** @type {Line[]} */
  const lines = [];
  const output = { text: '', errors: '' };
  createInterface(child.stdout).on('line', (line) => {
    output.text += `${line}\n`;
    lines.push(JSON.parse(line));
  });
  child.stderr.setEncoding('utf8').on('data', (text) => (output.errors += text));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }));
  return {
    lines,
    output,
    ended,
    /** The first line with this message. @param {string} message @returns {Line} */
    line: (message) => {
      const found = lines.find((line) => line.message === message);
      if (found === undefined) throw new Error(`"${message}" is not in:\n${output.text}`);
      return found;
    },
    /** @param {NodeJS.Signals} signal */
    kill: (signal) => child.kill(signal),
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/**
 * @param {string} url
 * @param {RequestInit} [init]
 * @returns {Promise<{ status: number, body: any, headers: Headers }>}
 */
export async function ask(url, init) {
  const response = await fetch(url, { signal: AbortSignal.timeout(20_000), ...init });
  const text = await response.text();
  return { status: response.status, body: JSON.parse(text), headers: response.headers };
}

/** @param {string} url @param {unknown} body */
export function post(url, body) {
  const headers = { 'content-type': 'application/json' };
  return ask(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** @param {() => boolean | Promise<boolean>} holds */
export async function until(holds, seconds = 30) {
  const deadline = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Not within ${seconds} s: ${holds}`);
    await sleep(20);
  }
}
