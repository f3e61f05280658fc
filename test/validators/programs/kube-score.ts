import { validatorPrograms } from '../go-programs';
import { ask, type Finding, type Validator } from '../validator';

interface Scored {
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string };
  readonly file_name: string;
  readonly checks: readonly {
    readonly check: { readonly id: string };
    readonly skipped: boolean;
    /** 10 is good; less is a warning, or critical. */
    readonly grade: number;
    readonly comments: readonly { readonly summary: string; readonly path: string }[] | null;
  }[];
}

/** Beside those that are on anyway. */
const OPTIONAL = ['container-seccomp-profile', 'container-ports-check'];

export function kubeScore(): Validator {
  const program = validatorPrograms.find('kube-score');
  return {
    name: 'kube-score',
    missing: program === undefined ? 'no kube-score' : undefined,
    version: validatorPrograms.version('kube-score'),
    planted: ['container-image-tag', 'container-resources', 'pod-networkpolicy'],
    run: (scene) => {
      const flags = ['score', '--output-format', 'json', '--kubernetes-version', 'v1.28'];
      for (const name of OPTIONAL) flags.push('--enable-optional-test', name);
      // It looks for what belongs together: one environment at a time.
      const findings = scene.objects.flatMap((folder) => {
        const files = scene.files([folder], /\.yaml$/);
        const { stdout } = ask(program ?? '', [...flags, ...files], { cwd: scene.folder });
        const scored = JSON.parse(stdout) as readonly Scored[];
        if (scored.length === 0) throw new Error(`kube-score has read no object of ${folder}.`);
        return scored.flatMap((one) => findingsOf(one, folder));
      });
      return { files: scene.files(scene.sources, /\.yaml$/).length, findings };
    },
  };
}

const findingsOf = (one: Scored, folder: string): readonly Finding[] =>
  one.checks
    .filter(({ skipped, grade }) => !skipped && grade < 10)
    .flatMap(({ check, comments }) =>
      (comments ?? [{ summary: 'no comment', path: '' }]).map(({ summary, path }) => ({
        file: `${folder}/${one.file_name.split('/').at(-1) ?? ''}`,
        rule: check.id,
        object: `${one.type_meta.kind}/${one.object_meta.name}`,
        message: path === '' ? summary : `${summary}: ${path}`,
      })),
    );
