import { loadProject } from '../../../scripts/project';
import { answerer } from '../../../scripts/where/answer';
import { questionOf } from '../../../scripts/where/question';

/*
 * Answers many questions of the platform in the working directory at once, as each run of
 * scripts/where.ts composes it anew. Its argument is JSON, a list of lists of arguments; it gives
 * a list of texts.
 */

const answer = answerer(loadProject());
const questions = JSON.parse(process.argv[2] ?? '[]') as string[][];

const answers = questions.map((args) => {
  try {
    return answer(questionOf(args));
  } catch (error) {
    return `Error: ${(error as Error).message}`;
  }
});
process.stdout.write(JSON.stringify(answers));
