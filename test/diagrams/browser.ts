import { join } from 'node:path';
import { MERMAID, chromiumPath, packaged } from './programs';

/* A real browser with Mermaid in it. What is declared here is the part of Playwright in use. */

interface Page {
  setContent(html: string): Promise<void>;
  addScriptTag(options: { path: string; type?: string }): Promise<unknown>;
  waitForFunction(expression: string): Promise<unknown>;
  evaluate<T>(expression: string): Promise<T>;
  $(selector: string): Promise<{ screenshot(options: { path: string }): Promise<unknown> } | null>;
}
interface Browser {
  newPage(options: object): Promise<Page>;
  close(): Promise<void>;
}
interface Playwright {
  readonly chromium: { launch(options: object): Promise<Browser> };
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A text of a diagram. */
export interface Drawn {
  readonly id: string;
  readonly text: string;
  readonly label: Box;
  /** What is outside of it is not seen. */
  readonly window: Box;
  /** The box that it is the text of. */
  readonly form: Box;
}

export interface Diagram {
  /** What Mermaid understood. */
  readonly vertices: readonly { readonly id: string; readonly text: string }[];
  readonly size: Box;
  readonly nodes: readonly Drawn[];
  readonly groups: readonly Drawn[];
  readonly arrows: readonly Drawn[];
}

export type Theme = 'default' | 'dark';

/** Without a sandbox, as containers have none, and without calls to the outside. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** About as wide as a page of a repository is shown. */
const WIDTH = 1012;

export class Painter {
  private constructor(
    private readonly browser: Browser,
    private readonly page: Page,
  ) {}

  public static async open(): Promise<Painter> {
    const { chromium } = packaged('playwright-core') as Playwright;
    const executablePath = chromiumPath();
    const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
    const page = await browser.newPage({ viewport: { width: WIDTH, height: 800 } });
    await page.setContent('<body><div id="diagram"></div></body>');
    await page.addScriptTag({ path: MERMAID });
    await page.addScriptTag({ path: join(__dirname, 'page.mjs'), type: 'module' });
    await page.waitForFunction('globalThis.draw');
    return new Painter(browser, page);
  }

  public close(): Promise<void> {
    return this.browser.close();
  }

  /**
   * Draws a diagram and measures it.
   * @param spoil program that changes what is drawn before it is measured.
   * @throws Error where Mermaid cannot read it.
   */
  public async draw(source: string, spoil = '', theme: Theme = 'default'): Promise<Diagram> {
    const given = [source, theme].map((one) => JSON.stringify(one)).join();
    const vertices = await this.page.evaluate<Diagram['vertices']>(`draw(${given})`);
    await this.page.evaluate(`{ ${spoil} }`);
    const measured = await this.page.evaluate<Omit<Diagram, 'vertices'>>('measure()');
    return { vertices, ...measured };
  }

  /** What was drawn last, as a picture. */
  public async save(path: string): Promise<void> {
    const drawn = await this.page.$('#diagram svg');
    await drawn?.screenshot({ path });
  }
}
