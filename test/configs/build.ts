/**
 * Builds the real programs of this folder that are not there yet, in the order of what they cost:
 * node --import tsx test/configs/build.ts [minutes]. What does not get ready in that time is named.
 */
import { GO_PROGRAMS, buildGo, type GoProgram } from './go-programs';
import { buildNginx } from './nginx-build';

const [minutes = '35'] = process.argv.slice(2);
const end = Date.now() + Number(minutes) * 60_000;

/** At least so much that what is there already is found. */
const left = (): number => Math.max(end - Date.now(), 1000);

const programs: readonly [name: string, build: () => void][] = [
  [
    'nginx',
    () => {
      buildNginx(left);
    },
  ],
  ...(Object.keys(GO_PROGRAMS) as GoProgram[]).map((name): [string, () => void] => [
    name,
    () => {
      buildGo(name, left);
    },
  ]),
];

for (const [name, build] of programs) {
  const start = Date.now();
  try {
    build();
    console.log(`${name}: ready after ${String(Math.round((Date.now() - start) / 1000))} s`);
  } catch (error) {
    console.log(`${name}: not built, ${error instanceof Error ? error.message : String(error)}`);
  }
}
