import { describe } from '../../synth/expr';
import { isMap, type JsonMap } from '../../synth/merge';
import { shownFrame, type Frame } from '../../synth/misuse';
import { asText } from '../../synth/node';
import type { Project } from '../project';
import { factsOfChart, factsOfDist, type Facts } from './facts';
import { shownPath, type Path } from './line';
import { linesOf, type Question } from './question';
import { Source } from './source';
import { shownValue, usedBy } from './values';
import { Writing } from './written';

/** Makes what says of a line which code made it; that throws an Error when it cannot. */
export function answerer(project: Project): (question: Question) => string {
  const reporter = new Reporter(project);
  return (question) => {
    const lines = linesOf(question, project);
    const { file, line } = question;
    const facts = project.dist.has(file)
      ? [factsOfDist(question, lines, project)]
      : factsOfChart(question, lines, project);
    const shown = line === undefined ? undefined : lines[line - 1]?.trim();
    return facts.map((one) => reporter.report(one, shown)).join('\n');
  };
}

class Reporter {
  private readonly writing: Writing;

  public constructor(private readonly project: Project) {
    this.writing = new Writing(new Source(project.main));
  }

  public report(facts: Facts, line: string | undefined): string {
    const { tier, resource, text, environment } = facts;
    const { blueprint, sites, platform } = this.project;
    const construct = platform.node.findAll().find(({ node }) => node.path === resource.where);
    const frames = construct === undefined ? [] : sites.of(construct);
    const used = usedBy([...facts.exprs, ...facts.conditions], tier, blueprint, facts.scene);
    const values = used.map((one) =>
      shownValue(one, environment, (set) => this.placeOf(set.environment, set.path)),
    );
    const ofText = text === undefined ? '' : `, line ${String(text.index + 1)} of the text`;
    return [
      [resource.kind, nameOf(facts.json)].join(' '),
      ...row('line', line),
      ...row('field', facts.shown === '' ? undefined : facts.shown + ofText),
      ...row('construct', resource.where),
      ...row('made by', frames.map(shownFrame).join(' <- ')),
      ...row('written', ...this.written(facts, frames)),
      ...row('template', this.templateOf(facts)),
      ...row('there if', ...new Set(facts.conditions.map(describe))),
      ...row('values', ...(values.length === 0 && line !== undefined ? ['none'] : values)),
      '',
    ].join('\n');
  }

  /** Where the field is written; less of it, and where its text stands, if no more is known. */
  private written(facts: Facts, frames: readonly Frame[]): string[] {
    const { path, json: object, origin, text } = facts;
    const field = { path, object, origin, text };
    const found = this.writing.ofField(frames, field);
    if (found?.depth === path.length) return [shownFrame(found.frame)];
    const ofText = path.length === 0 ? undefined : this.writing.ofText(field);
    return [
      ...(ofText === undefined ? [] : [`${shownFrame(ofText)}, the only place with this text`]),
      ...(found === undefined
        ? []
        : [`${shownFrame(found.frame)}, which makes ${shownPath(path.slice(0, found.depth))}`]),
    ];
  }

  private templateOf({ tier, resource }: Facts): string {
    const { name } = this.project.blueprint.chart;
    return `helm/${name}/charts/${tier.name}/templates/${resource.path}`;
  }

  /** Where an environment sets a value. */
  private placeOf(environment: string, path: Path): string | undefined {
    const { environments } = this.project.blueprint;
    const values = environments.find(({ name }) => name === environment)?.values as JsonMap;
    const frame = this.writing.ofOverlay(environment, path, values);
    return frame && shownFrame(frame);
  }
}

const row = (name: string, ...lines: (string | undefined)[]): string[] =>
  lines.flatMap((line, index) =>
    line === undefined || line === '' ? [] : [`  ${(index === 0 ? name : '').padEnd(9)}  ${line}`],
  );

/** `namespace/name` of an object. */
function nameOf(json: JsonMap): string {
  const metadata = isMap(json['metadata']) ? json['metadata'] : {};
  return ['namespace', 'name']
    .flatMap((key) => (metadata[key] === undefined ? [] : asText(metadata[key])))
    .join('/');
}
