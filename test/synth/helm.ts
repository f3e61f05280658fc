import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Files } from '../../synth/files';
import type { Program } from '../../synth/proof/programs';

/** A chart on the disk, for real Helms to read. */
export class ChartFolder {
  private readonly path = mkdtempSync(join(tmpdir(), 'twinchart-chart-'));

  public constructor(files: Files) {
    for (const [file, content] of files) {
      mkdirSync(dirname(join(this.path, file)), { recursive: true });
      writeFileSync(join(this.path, file), content);
    }
  }

  /** What the Helm prints for the chart, or one below it, under these values. */
  public template(helm: Program, values: object, chart = '.') {
    const overlay = join(this.path, 'overlay.json');
    writeFileSync(overlay, ascii(JSON.stringify(values)));
    const args = ['template', 'demo', join(this.path, chart), '--values', overlay];
    const { status, stdout, stderr } = spawnSync(helm.path, args, { encoding: 'utf8' });
    return { accepted: status === 0, stdout, stderr };
  }

  public remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

/** Escapes what YAML parsers change before any schema sees it. */
const ascii = (json: string) =>
  json.replace(/[\u007f-\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
