/**
 * Names the code that made a line of the output.
 *
 *     npm run where -- dist/prod/01-data.k8s.yaml:12
 */
import { loadProject, runCommand } from './project';
import { answerer } from './where/answer';
import { questionOf } from './where/question';

runCommand(() => {
  const question = questionOf(process.argv.slice(2));
  return answerer(loadProject())(question);
});
