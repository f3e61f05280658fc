import { appendFileSync } from 'node:fs';

/** What was done to a cluster with an environment. */
export interface Row {
  readonly kubernetes: string;
  readonly environment: string;
  readonly tool: string;
  readonly objects: number;
  readonly podsReady: number;
  readonly seconds: number;
}

const HEADS = ['kubernetes', 'environment', 'tool', 'objects', 'pods ready', 'seconds'] as const;

/** For the table that the run prints at its end. */
export function record(row: Row): void {
  const file = process.env['TWINCHART_CLUSTER_ROWS'] ?? '';
  if (file !== '') appendFileSync(file, `${JSON.stringify(row)}\n`);
}

/** By version, tool and environment, in whatever order they came. */
export function printed(all: readonly Row[]): string {
  const key = ({ kubernetes, tool, environment }: Row): string =>
    [kubernetes, tool, environment].join('\n');
  const rows = [...all].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const lines = [
    [...HEADS],
    ...rows.map((row) => [
      row.kubernetes,
      row.environment,
      row.tool,
      String(row.objects),
      String(row.podsReady),
      row.seconds.toFixed(1),
    ]),
  ];
  const widths = HEADS.map((_, column) =>
    Math.max(...lines.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column < 3 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ');
  return lines.map(line).join('\n');
}
