// A thread of its own: the compiler takes its time and its memory apart from requests. It knows a template, data and paths of fonts, and nothing else.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort } from 'node:worker_threads';

interface Asked {
  readonly id: number;
  readonly template: string;
  readonly data: string;
  readonly fonts: readonly string[];
}
interface Compiler {
  add_source(path: string, content: string): boolean;
  map_shadow(path: string, content: Uint8Array): boolean;
  /** Forgets what the last documents left. */
  reset(): void;
  compile(main: string, inputs: undefined, format: 'pdf', diagnostics: number): { result?: Uint8Array; diagnostics?: unknown };
}

const pkg = dirname(createRequire(import.meta.url).resolve('@myriaddreamin/typst-ts-web-compiler'));
const typst = (await import(pathToFileURL(join(pkg, 'typst_ts_web_compiler.mjs')).href)) as {
  default: (from: { module_or_path: Uint8Array }) => Promise<{ readonly memory: { readonly buffer: { readonly byteLength: number } } }>;
  TypstCompilerBuilder: new () => { set_dummy_access_model(): void; add_raw_font(font: Uint8Array): Promise<void>; build(): Promise<Compiler> };
};
const { memory } = await typst.default({ module_or_path: readFileSync(join(pkg, 'typst_ts_web_compiler_bg.wasm')) });

const compilers = new Map<string, Promise<Compiler>>();
/** One for each set of fonts: most texts never need the large ones. */
function compilerFor(fonts: readonly string[]): Promise<Compiler> {
  const key = fonts.join('\n');
  const made = compilers.get(key) ?? (async () => {
    const builder = new typst.TypstCompilerBuilder();
    builder.set_dummy_access_model();
    for (const path of fonts) await builder.add_raw_font(readFileSync(path));
    return builder.build();
  })();
  compilers.set(key, made);
  return made;
}

parentPort!.on('message', ({ id, template, data, fonts }: Asked) => {
  void (async () => {
    const compiler = await compilerFor(fonts);
    compiler.add_source('/main.typ', template);
    compiler.map_shadow('/data.json', new TextEncoder().encode(data));
    const { result, diagnostics } = compiler.compile('/main.typ', undefined, 'pdf', 1);
    if (result === undefined) throw new Error(`the document could not be set: ${JSON.stringify(diagnostics)}`);
    compiler.reset();
    parentPort!.postMessage({ id, pdf: result, held: memory.buffer.byteLength });
  })().catch((error: unknown) => parentPort!.postMessage({ id, error: error instanceof Error ? error.message : String(error) }));
});
