import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/**
 * As much of Ollama's API as the service uses. Vectors are counts of letters, so that texts of the
 * same letters are near each other; the model that answers repeats what it was told.
 */
export class Ollama {
  /** What it was asked: path, headers, and the body. @type {{ path: string, headers: import('node:http').IncomingHttpHeaders, body: any }[]} */
  asked = [];
  /** Instead of its usual answer. @type {((response: import('node:http').ServerResponse, usual: string) => void) | undefined} */
  instead;
  /** How many of those who asked went away before the answer. */
  left = 0;
  /** @type {import('node:http').Server | undefined} */
  #server;

  async start(port = 0) {
    const server = createServer((request, response) => {
      void text(request).then((content) => {
        const path = request.url ?? '';
        const body = JSON.parse(content);
        this.asked.push({ path, headers: request.headers, body });
        response.on('close', () => {
          if (!response.writableFinished) this.left += 1;
        });
        const usual = JSON.stringify(path === '/api/embed' ? embed(body) : chat(body));
        if (this.instead) this.instead(response, usual);
        else response.end(usual);
      });
    });
    this.#server = server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = /** @type {import('node:net').AddressInfo} */ (server.address());
    return address.port;
  }

  async stop() {
    const server = this.#server;
    if (server === undefined || !server.listening) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** @param {{ model: string, input: string[] }} body */
const embed = ({ model, input }) => ({
  model,
  embeddings: input.map((one) =>
    [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => one.toLowerCase().split(letter).length - 1),
  ),
  prompt_eval_count: input.length,
});

/** @param {{ model: string, messages: { content: string }[] }} body */
const chat = ({ model, messages }) => ({
  model,
  message: {
    role: 'assistant',
    content: ` ${messages.map(({ content }) => content).join(' | ')}\n`,
  },
  done: true,
  prompt_eval_count: 30,
  eval_count: 12,
});
