import type { ElementFacts, FiredEvent } from './read-elements.ts';

const MADE = '// Made by `npm run manifest` from the docstrings of the elements.\n';

/** What may stand in a tag, for whatever writes tags. */
export function tagTypes(elements: readonly ElementFacts[]): string {
  const types = [...new Set(elements.flatMap(({ events }) => events.map(({ type }) => type)))].filter(
    (type) => type !== 'Event',
  );
  const owners = elements.filter(({ properties }) => properties.length > 0);
  return `${MADE}${owners.map(importOf).join('\n')}
import type { ${types.join(', ')} } from '../events.ts';
${elements
  .map(
    ({ tag, className, attributes, properties, events }) => `
/** Attributes of \`<${tag}>\`, and properties that are none. */
export interface ${className}Attributes {
${attributes.map(({ name, type, description }) => `/** ${description} */\n${quoted(name)}?: ${type} | undefined;`).join('\n')}
${properties.map(({ name, description }) => `/** ${description} */\n${name}?: ${className}['${name}'] | undefined;`).join('\n')}
}

/** Events of \`<${tag}>\`. */
export interface ${className}Events {
${events.map(({ name, type, description }) => `/** ${description} */\n${quoted(name)}: ${type};`).join('\n')}
}
`,
  )
  .join('')}`;
}

/** React 19 hears an event \`upload-done\` by the property \`onupload-done\`. */
export function reactTypes(elements: readonly ElementFacts[]): string {
  return `${MADE}import type { DetailedHTMLProps, HTMLAttributes } from 'react';
${imports(elements)}
/** By the name of the event. */
type Handlers<Events> = { [Name in keyof Events & string as \`on\${Name}\`]?: ((event: Events[Name]) => void) | undefined };
type Tag<Element, Attributes, Events> = DetailedHTMLProps<Omit<HTMLAttributes<Element>, keyof Attributes>, Element> &
  Attributes & Handlers<Events>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
${lines(elements, (name) => `Tag<${name}, ${name}Attributes, ${name}Events>`)}
    }
  }
}
`;
}

/** Vue hears \`@upload-done\` as \`onUploadDone\`. */
export function vueTypes(elements: readonly ElementFacts[]): string {
  return `${MADE}import type { HTMLAttributes, ReservedProps } from 'vue';
${imports(elements)}
type Camel<Name extends string> = Name extends \`\${infer Head}-\${infer Tail}\` ? \`\${Capitalize<Head>}\${Camel<Tail>}\` : Capitalize<Name>;
type Handlers<Events> = { [Name in keyof Events & string as \`on\${Camel<Name>}\`]?: ((event: Events[Name]) => void) | undefined };
/** What templates check a tag against. */
interface Tag<Element, Attributes, Events> {
  new (): Element & { $props: Omit<HTMLAttributes, keyof Attributes> & ReservedProps & Attributes & Handlers<Events> };
}

declare module 'vue' {
  interface GlobalComponents {
${lines(elements, (name) => `Tag<${name}, ${name}Attributes, ${name}Events>`)}
  }
}
`;
}

/** Svelte 5 hears an event \`upload-done\` by the attribute \`onupload-done\`. */
export function svelteTypes(elements: readonly ElementFacts[]): string {
  return `${MADE}import type { HTMLAttributes } from 'svelte/elements';
${imports(elements)}
type Handlers<Events> = { [Name in keyof Events & string as \`on\${Name}\`]?: ((event: Events[Name]) => void) | undefined };
type Tag<Element extends EventTarget, Attributes, Events> = Omit<HTMLAttributes<Element>, keyof Attributes> &
  Attributes & Handlers<Events>;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
${lines(elements, (name) => `Tag<${name}, ${name}Attributes, ${name}Events>`)}
  }
}
`;
}

function imports(elements: readonly ElementFacts[]): string {
  const names = elements.map(({ className }) => `${className}Attributes, ${className}Events`);
  return `${elements.map(importOf).join('\n')}\nimport type { ${names.join(', ')} } from './tags.ts';`;
}

function importOf({ path, className }: ElementFacts): string {
  return `import type { ${className} } from '${path.replace(/^src/, '..')}';`;
}

function lines(elements: readonly ElementFacts[], type: (className: string) => string): string {
  return elements.map(({ tag, className }) => `${quoted(tag)}: ${type(className)};`).join('\n');
}

const quoted = (name: FiredEvent['name']): string => (/^\w+$/.test(name) ? name : `'${name}'`);
