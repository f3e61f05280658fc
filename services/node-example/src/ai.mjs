import { HttpError } from './http.mjs';
import { clientSpan, traceHeaders } from './tracing.mjs';
import { tellState } from './watched.mjs';

/** @typedef {{ role: 'system' | 'user', content: string }} Message */

const PROVIDER = 'ollama';
// Vectors of some twenty texts are below one MB, also those of large models.
const ANSWER_LIMIT = 4 * 1024 * 1024;
const WORDS_LIMIT = 256;

/** The AI service cannot be asked; the reason is its cause and is for the log only. */
export class AiDownError extends Error {
  name = 'AiDownError';
}

/** The models of Ollama. */
export class Ai {
  #config;
  #watchers;
  #state;

  /**
   * @param {import('./config.mjs').Config['ai']} config
   * @param {import('./watched.mjs').Watchers} watchers
   */
  constructor(config, watchers) {
    this.#config = config;
    this.#watchers = watchers;
    const labels = { gen_ai_provider_name: PROVIDER };
    if (config !== undefined) watchers.metrics.aiUp.set(labels, 0);
    this.#state = tellState('ai', watchers.log, (up) => watchers.metrics.aiUp.set(labels, up));
  }

  /** Seconds that a caller waits for all that is asked for it. */
  get seconds() {
    return this.#configured().seconds;
  }

  /**
   * A vector for each text; similar texts have vectors of similar direction.
   * @param {readonly string[]} texts
   * @param {AbortSignal} signal
   * @returns {Promise<number[][]>}
   */
  async embed(texts, signal) {
    const { embeddingModel } = this.#configured();
    const body = { model: embeddingModel, input: texts };
    const { embeddings } = await this.#ask('embeddings', '/api/embed', body, signal, (answer) =>
      isVectors(answer.embeddings, texts.length),
    );
    return embeddings;
  }

  /**
   * @param {readonly Message[]} messages
   * @param {AbortSignal} signal
   * @returns {Promise<string>}
   */
  async chat(messages, signal) {
    const { chatModel } = this.#configured();
    // Thoughts would use up the length of the answer.
    const options = { stream: false, think: false, options: { num_predict: WORDS_LIMIT } };
    const body = { model: chatModel, messages, ...options };
    const { message } = await this.#ask('chat', '/api/chat', body, signal, (answer) => {
      const said = answer.message?.content;
      return typeof said === 'string' && said.trim() !== '';
    });
    return message.content.trim();
  }

  #configured() {
    if (this.#config === undefined) throw new HttpError(503, 'There is no AI service.');
    return this.#config;
  }

  /**
   * @param {'chat' | 'embeddings'} operation
   * @param {string} path
   * @param {{ model: string }} body
   * @param {AbortSignal} signal
   * @param {(answer: any) => boolean} isComplete
   */
  async #ask(operation, path, body, signal, isComplete) {
    const { host, port, seconds } = this.#configured();
    const { metrics } = this.#watchers;
    const labels = {
      gen_ai_operation_name: operation,
      gen_ai_provider_name: PROVIDER,
      gen_ai_request_model: body.model,
    };
    const attributes = {
      'gen_ai.operation.name': operation,
      'gen_ai.provider.name': PROVIDER,
      'gen_ai.request.model': body.model,
    };
    const end = metrics.aiOperations.startTimer(labels);
    try {
      const answer = await clientSpan(`${operation} ${body.model}`, attributes, () =>
        exchange(`http://${host}:${port}${path}`, body, signal),
      );
      if (!isComplete(answer)) throw new Error(`${path} answered something else.`);
      end({ error_type: '' });
      count(metrics.aiTokens, labels, answer);
      this.#state();
      return answer;
    } catch (thrown) {
      // What fetch throws says why only in its cause.
      const error = thrown instanceof TypeError ? (thrown.cause ?? thrown) : thrown;
      const late = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
      end({ error_type: late ? 'timeout' : error instanceof Error ? error.name : typeof error });
      // That a caller went away says nothing about the AI service.
      if (signal.aborted && !late) throw new HttpError(503, 'The caller went away.');
      this.#state(error);
      const message = late ? `did not answer within ${seconds} s.` : 'cannot answer.';
      throw new AiDownError(`The AI service ${message}`, { cause: error });
    }
  }
}

/**
 * @param {string} url
 * @param {object} body
 * @param {AbortSignal} signal
 * @returns {Promise<any>}
 */
async function exchange(url, body, signal) {
  const headers = { 'content-type': 'application/json', ...traceHeaders() };
  const init = { method: 'POST', headers, body: JSON.stringify(body), signal };
  const response = await fetch(url, init);
  const text = await bounded(response);
  // Ollama's own words: no such model, too many requests.
  if (!response.ok) throw new Error(`It answered ${response.status}: ${text.slice(0, 200)}`);
  return JSON.parse(text);
}

/** @param {Response} response */
async function bounded(response) {
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of response.body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.length > ANSWER_LIMIT) throw new Error(`It answered more than ${ANSWER_LIMIT} bytes.`);
  }
  return text + decoder.decode();
}

/**
 * @param {import('./metrics.mjs').Metrics['aiTokens']} tokens
 * @param {Record<string, string>} labels
 * @param {{ prompt_eval_count?: unknown, eval_count?: unknown }} answer
 */
function count(tokens, labels, { prompt_eval_count: input, eval_count: output }) {
  for (const [type, number] of Object.entries({ input, output })) {
    if (typeof number === 'number') tokens.observe({ ...labels, gen_ai_token_type: type }, number);
  }
}

/** @param {unknown} list @param {number} length */
function isVectors(list, length) {
  if (!Array.isArray(list) || list.length !== length) return false;
  const size = Array.isArray(list[0]) ? list[0].length : 0;
  return (
    size > 0 &&
    list.every(
      (vector) =>
        Array.isArray(vector) &&
        vector.length === size &&
        vector.every((one) => Number.isFinite(one)),
    )
  );
}
