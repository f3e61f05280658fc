import { HelmTest } from '../../constructs';
import { ports } from '../../platform/ports';
import { image } from '../../synth';
import type { Ollama } from './ollama';

const SCRIPT = `\
const ask = async (path, body) => {
  const answer = await fetch(process.env.URL + path, { method: 'POST', body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(path + ' answered ' + answer.status + ': ' + text);
  return JSON.parse(text);
};
const { CHAT_MODEL, EMBEDDING_MODEL } = process.env;
const messages = [{ role: 'user', content: 'Say hello.' }];
const { message } = await ask('/api/chat', {
  model: CHAT_MODEL, messages, stream: false, options: { num_predict: 16 },
});
const said = (message?.content ?? '') + (message?.thinking ?? '');
if (said === '') throw new Error(CHAT_MODEL + ' said nothing');
const { embeddings } = await ask('/api/embed', { model: EMBEDDING_MODEL, input: 'Hello.' });
if (!(embeddings?.[0]?.length > 0)) throw new Error(EMBEDDING_MODEL + ' made no vector');
console.log(CHAT_MODEL, 'said', said.length, 'characters;', EMBEDDING_MODEL, 'made a vector of',
  embeddings[0].length, 'numbers');
`;

/** `helm test`: one model answers, and the other makes a vector. */
export function smokeTest(id: string, ollama: Ollama): HelmTest {
  const { owner: tier, name } = ollama;
  const [{ pull }, { chat, embedding }] = [tier.values.ollama, tier.global.models];
  return new HelmTest(id, 'smoke', {
    workload: ollama,
    port: ports.ollama,
    image: image(pull.image, tier.global.imageRegistry),
    user: 1000,
    command: ['node', '--input-type=module', '--eval', SCRIPT],
    env: {
      URL: `http://${name}:${String(ports.ollama)}`,
      CHAT_MODEL: chat,
      EMBEDDING_MODEL: embedding,
    },
    // The models are read into memory first.
    deadlineSeconds: 600,
  });
}
