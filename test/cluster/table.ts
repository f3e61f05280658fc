import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/* What the run prints at its end. Tests leave it in the folder TWINCHART_CLUSTER_ROWS. */

/** What was done to a cluster with an environment. */
export interface Row {
  readonly kubernetes: string;
  readonly environment: string;
  readonly tool: string;
  readonly objects: number;
  readonly podsReady: number;
  readonly seconds: number;
}

/** Lines "who -> whom port" that network policies let through. */
export interface TrafficRow {
  readonly kubernetes: string;
  readonly environment: string;
  readonly allowed: readonly string[];
  readonly asked: number;
}

export function record(row: Row): void {
  leave('rows', row);
}
export function recordTraffic(row: TrafficRow): void {
  leave('traffic', row);
}

function leave(name: string, row: object): void {
  const folder = process.env['TWINCHART_CLUSTER_ROWS'] ?? '';
  if (folder !== '') appendFileSync(join(folder, name), `${JSON.stringify(row)}\n`);
}

function left<T>(folder: string, name: string): T[] {
  const file = join(folder, name);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as T);
}

/** The tables of the folder, in an order that does not depend on who came first. */
export function printed(folder: string): string {
  const rows = left<Row>(folder, 'rows');
  const traffic = left<TrafficRow>(folder, 'traffic').flatMap(trafficLines);
  return [
    ...(rows.length === 0 ? [] : [table(HEADS, sorted(rows.map(cellsOf)), 3)]),
    ...(traffic.length === 0 ? [] : [table(TRAFFIC_HEADS, sorted(traffic), 5)]),
  ].join('\n\n');
}

const HEADS = ['kubernetes', 'environment', 'tool', 'objects', 'pods ready', 'seconds'];
const TRAFFIC_HEADS = ['kubernetes', 'environment', 'from', 'ports', 'to'];

const cellsOf = ({ kubernetes, environment, tool, objects, podsReady, seconds }: Row): string[] => [
  ...[kubernetes, environment, tool],
  ...[String(objects), String(podsReady), seconds.toFixed(1)],
];

/** One for all whom somebody reaches at the same ports. */
function trafficLines({ kubernetes, environment, allowed, asked }: TrafficRow): string[][] {
  const ports = new Map<string, string[]>();
  for (const line of allowed) {
    const at = line.lastIndexOf(' ');
    const [pair, port] = [line.slice(0, at), line.slice(at + 1)];
    ports.set(pair, [...(ports.get(pair) ?? []), port]);
  }
  const others = new Map<string, string[]>();
  for (const [pair, all] of ports) {
    const [from = '', to = ''] = pair.split(' -> ');
    const key = JSON.stringify([from, all.join(', ')]);
    others.set(key, [...(others.get(key) ?? []), to]);
  }
  const lines = [...others].map(([key, to]) => [...(JSON.parse(key) as string[]), to.join(', ')]);
  const sum = `of ${String(asked)} questions, ${String(allowed.length)} are allowed`;
  return [['', sum, ''], ...lines].map((cells) => [kubernetes, environment, ...cells]);
}

const sorted = (lines: readonly string[][]): string[][] =>
  [...lines].sort((a, b) => (a.join('\n') < b.join('\n') ? -1 : 1));

/** @param texts how many columns, from the left, are no numbers. */
export function table(heads: readonly string[], rows: readonly string[][], texts: number): string {
  const lines = [heads, ...rows];
  const widths = heads.map((_, column) =>
    Math.max(...lines.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column < texts ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  return lines.map(line).join('\n');
}
