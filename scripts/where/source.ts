import { existsSync } from 'node:fs';
import { dirname, isAbsolute, resolve, sep } from 'node:path';
import ts from 'typescript';
import type { Frame } from '../../synth/misuse';

/** What calls something with arguments. */
export type Call = ts.CallExpression | ts.NewExpression;

const ENGINE = resolve(__dirname, '../../synth') + sep;

/**
 * The code of a platform, parsed: main.ts and all that it imports of its own. Names are resolved,
 * types are not: that is quick, and enough to see where a literal stands.
 */
export class Source {
  private readonly program: ts.Program;
  private readonly checker: ts.TypeChecker;

  public constructor(main: string) {
    const options = { noLib: true, types: [], target: ts.ScriptTarget.ESNext };
    const host = ts.createCompilerHost(options);
    host.resolveModuleNameLiterals = (names, from) =>
      names.map(({ text }) => ({ resolvedModule: moduleOf(text, from) }));
    this.program = ts.createProgram([main], options, host);
    this.checker = this.program.getTypeChecker();
  }

  public get files(): readonly ts.SourceFile[] {
    return this.program.getSourceFiles();
  }

  /** The call that was being executed there. */
  public callAt({ file, line, column }: Frame): Call | undefined {
    const source = this.program.getSourceFile(file);
    if (source === undefined || line > source.getLineStarts().length) return undefined;
    const at = source.getPositionOfLineAndCharacter(line - 1, column - 1);
    let found: Call | undefined;
    const visit = (node: ts.Node): void => {
      if (at < node.pos || at >= node.end) return;
      if (isCall(node) && startOf(node) === at) found = node;
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  }

  /** What a name stands for, imports followed. */
  public declarationOf(name: ts.Identifier | ts.PrivateIdentifier): ts.Declaration | undefined {
    const { parent } = name;
    const symbol =
      ts.isShorthandPropertyAssignment(parent) && parent.name === name
        ? this.checker.getShorthandAssignmentValueSymbol(parent)
        : this.checker.getSymbolAtLocation(name);
    if (symbol === undefined) return undefined;
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    return (isAlias ? this.checker.getAliasedSymbol(symbol) : symbol).valueDeclaration;
  }
}

export const isCall = (node: ts.Node): node is Call =>
  ts.isCallExpression(node) || ts.isNewExpression(node);

/** Where a stack trace says that a call is: at `new`, or at the name of what is called. */
function startOf(call: Call): number {
  if (ts.isNewExpression(call)) return call.getStart();
  const { expression } = call;
  return (ts.isPropertyAccessExpression(expression) ? expression.name : expression).getStart();
}

/** `charts/web.ts:12` for people: the line that a piece of code begins on. */
export function frameOf(node: ts.Node): Frame {
  const source = node.getSourceFile();
  const { line, character } = source.getLineAndCharacterOfPosition(node.getStart());
  return { file: source.fileName, line: line + 1, column: character + 1 };
}

/** A module of the project; packages and the engine are none. */
function moduleOf(name: string, from: string): ts.ResolvedModuleFull | undefined {
  if (!name.startsWith('.') && !isAbsolute(name)) return undefined;
  const place = resolve(dirname(from), name.replace(/\.[cm]?[jt]s$/, ''));
  if ((place + sep).startsWith(ENGINE)) return undefined;
  const file = [`${place}.ts`, resolve(place, 'index.ts')].find((one) => existsSync(one));
  return file === undefined
    ? undefined
    : { resolvedFileName: file, extension: ts.Extension.Ts, isExternalLibraryImport: false };
}
