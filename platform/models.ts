import { z } from 'zod';

/** Of Ollama's library, or of a user there; always with a tag, so that it stays the same. */
export const MODEL =
  '([a-z0-9][A-Za-z0-9._-]*/)?[a-z0-9][A-Za-z0-9._-]*:[A-Za-z0-9][A-Za-z0-9._-]*';

const model = (what: string, initially: string) =>
  z
    .string()
    .regex(new RegExp(`^${MODEL}$`))
    .default(initially)
    .meta({ title: 'model', description: what });

/** Which models are pulled, and asked for by services of other tiers. */
export const modelValues = z
  .strictObject({
    chat: model('Model that answers.', 'qwen3:0.6b'),
    embedding: model('Model that makes vectors of texts.', 'nomic-embed-text:v1.5'),
  })
  .describe('Models of Ollama.');
