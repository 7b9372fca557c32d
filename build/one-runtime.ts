import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rolldown } from 'vite';

/** A built file and the files that it imports statically. */
export interface BuiltFile {
  readonly fileName: string;
  readonly isEntry: boolean;
  readonly imports: readonly string[];
}

const NAME = 'bundlerRuntime';

/**
 * The bundler gives its own helpers a chunk: one more request before the next can be asked for, and one more hash in the
 * entry. This moves them into the chunk that most of their users import already.
 */
export function foldRuntime(folder: string, output: Rolldown.RolldownOutput['output']): BuiltFile[] {
  const files = output.filter((file) => file.type === 'chunk');
  const runtime = files.find(({ moduleIds }) => moduleIds.every((id) => id.startsWith('\0rolldown')));
  if (!runtime) return files;
  const users = files.filter(({ imports }) => imports.includes(runtime.fileName));
  const guestsOf = ({ fileName }: BuiltFile) => users.filter(({ imports }) => imports.includes(fileName)).length;
  const [home] = users.toSorted((one, other) => guestsOf(other) - guestsOf(one));
  if (!home || users.some(({ fileName }) => home.imports.includes(fileName))) {
    throw new Error('No chunk can hold the helpers of the bundler');
  }
  for (const { fileName } of users) {
    const path = join(folder, fileName);
    const text = readFileSync(path, 'utf8').replace(importOf(runtime.fileName), (_, names: string) => {
      const taken = `const{${names.replace(/ as /g, ':')}}=${NAME};`;
      return fileName === home.fileName
        ? `export const ${NAME}=${asValue(runtime.code)};${taken}`
        : `import{${NAME}}from"./${home.fileName}";${taken}`;
    });
    if (text.includes(runtime.fileName)) throw new Error(`${fileName} imports the helpers in another way`);
    writeFileSync(path, text);
  }
  unlinkSync(join(folder, runtime.fileName));
  return files
    .filter((file) => file !== runtime)
    .map(({ fileName, isEntry, imports }) => {
      const other = imports.filter((name) => name !== runtime.fileName);
      const isGuest = other.length < imports.length && fileName !== home.fileName;
      return { fileName, isEntry, imports: isGuest ? [...new Set([...other, home.fileName])] : other };
    });
}

const importOf = (name: string): RegExp => new RegExp(`import\\{([^}]+)\\}from"\\./${name.replaceAll('.', '\\.')}";`);

/** The module as an object of its exports. */
function asValue(code: string): string {
  const [, body, names] = /^(?:\/\*!.*?\*\/)?(.*)export\{([^}]+)\};?\s*$/s.exec(code) ?? [];
  if (body === undefined || names === undefined) throw new Error('The helpers of the bundler look new');
  return `(()=>{${body.trim()}return{${names.replace(/(\S+) as (\S+?)(,|$)/g, '$2:$1$3')}}})()`;
}
