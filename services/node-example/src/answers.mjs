import { HttpError } from './http.mjs';

// So many items are looked at, and so many given to the model that answers.
const ITEMS_LIMIT = 20;
const NEAREST = 3;
// An answer takes a model for itself: more at once would only wait there, each with its memory here.
const AT_ONCE = 8;
const QUESTION_LIMIT = 1000;

/** Answers questions about the items: those nearest to the question are told to a model. */
export class Answers {
  #items;
  #ai;
  #underWay = 0;

  /** @param {import('./items.mjs').Items} items @param {import('./ai.mjs').Ai} ai */
  constructor(items, ai) {
    this.#items = items;
    this.#ai = ai;
  }

  /**
   * @param {string} question
   * @param {AbortSignal} gone aborted when nobody waits for the answer any more
   */
  async to(question, gone) {
    if (this.#underWay >= AT_ONCE) {
      throw new HttpError(503, 'Too many questions at once.', { 'retry-after': '5' });
    }
    this.#underWay += 1;
    try {
      return await this.#answer(question, gone);
    } finally {
      this.#underWay -= 1;
    }
  }

  /** @param {string} question @param {AbortSignal} gone */
  async #answer(question, gone) {
    const signal = AbortSignal.any([gone, AbortSignal.timeout(this.#ai.seconds * 1000)]);
    const items = await this.#items.list(ITEMS_LIMIT, null);
    const [asked = [], ...vectors] = await this.#ai.embed(
      [question, ...items.map(({ name }) => name)],
      signal,
    );
    const nearest = items
      .map((item, at) => ({ ...item, nearness: cosine(asked, vectors[at] ?? []) }))
      .sort((one, other) => other.nearness - one.nearness)
      .slice(0, NEAREST);
    const list = nearest.map(({ name }) => `- ${name}`).join('\n') || '- none';
    const answer = await this.#ai.chat(
      [
        { role: 'system', content: `Answer in at most three sentences. Items:\n${list}` },
        { role: 'user', content: question },
      ],
      signal,
    );
    return { answer, items: nearest.map(({ id, name }) => ({ id, name })) };
  }
}

/** The question in a body. @param {unknown} body */
export function question(body) {
  const fields = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  const [[key, value] = ['', undefined]] = fields;
  if (fields.length !== 1 || key !== 'question' || typeof value !== 'string') {
    throw new HttpError(400, 'The body must be {"question": "…"}, without other fields.');
  }
  if (value.trim() === '' || value.length > QUESTION_LIMIT) {
    throw new HttpError(
      400,
      `question must have 1 to ${QUESTION_LIMIT} characters, not only spaces.`,
    );
  }
  return value;
}

/** @param {readonly number[]} one @param {readonly number[]} other */
function cosine(one, other) {
  const product = (/** @type {readonly number[]} */ a, /** @type {readonly number[]} */ b) =>
    a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
  const size = Math.sqrt(product(one, one) * product(other, other));
  return size === 0 ? 0 : product(one, other) / size;
}
