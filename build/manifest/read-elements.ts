import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import ts from 'typescript';

export interface Named {
  readonly name: string;
  readonly description: string;
}

export interface Attribute extends Named {
  /** Null where nothing but the tag says it. */
  readonly property: string | null;
  /** As TypeScript writes it, without `undefined`. */
  readonly type: string;
  readonly isBoolean: boolean;
}

export interface Method extends Named {
  readonly returns: string;
}

export interface FiredEvent extends Named {
  /** Class of src/events.ts, or `Event`. */
  readonly type: string;
}

/** One element, as its source says. */
export interface ElementFacts {
  readonly tag: string;
  readonly className: string;
  readonly superclass: 'LitElement' | 'HTMLElement';
  /** Relative to the project. */
  readonly path: string;
  readonly summary: string;
  readonly attributes: readonly Attribute[];
  /** That are no attributes. */
  readonly properties: readonly Attribute[];
  readonly methods: readonly Method[];
  readonly events: readonly FiredEvent[];
  readonly slots: readonly Named[];
  readonly parts: readonly Named[];
  readonly customProperties: readonly Named[];
  readonly states: readonly Named[];
}

/** What an element takes over from its base, and the page has no business with. */
const OF_THE_PLATFORM =
  /Callback$|^(form|validity|validationMessage|checkValidity|reportValidity|getUpdateComplete|willUpdate|updated|firstUpdated|render)$/;

/** Where an element is that needs no room of its own. */
const PLACES: Readonly<Record<string, string>> = { 'secure-upload-frame': 'src/embed' };

/** What an element is made of that is there on a server too. */
const BASE = /\b(LitElement|PageElement)\b/;

/** Reads the contract of the elements from the docstrings of their classes and properties. Throws where one is missing. */
export function readElements(root: string, tags: readonly string[]): ElementFacts[] {
  const paths = tags.map((tag) => `${root}${PLACES[tag] ?? `src/elements/${tag}`}/${tag}.ts`);
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, (path) => readFileSync(path, 'utf8'));
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const program = ts.createProgram([...paths, `${root}src/events.ts`], options);
  const checker = program.getTypeChecker();
  const eventTypes = readEventTypes(program.getSourceFile(`${root}src/events.ts`));
  return paths.map((path, index) => {
    const declared = program.getSourceFile(path)?.statements.filter(ts.isClassDeclaration) ?? [];
    const element = declared.find((one) => one.heritageClauses?.some((clause) => BASE.test(clause.getText())));
    if (!element?.name) throw new Error(`${path} has no element`);
    return readElement(element, element.name.text, {
      tag: tags[index] ?? '',
      path: relative(root, path),
      checker,
      eventTypes,
    });
  });
}

interface Around {
  readonly tag: string;
  readonly path: string;
  readonly checker: ts.TypeChecker;
  readonly eventTypes: ReadonlyMap<string, string>;
}

function readElement(element: ts.ClassDeclaration, className: string, around: Around): ElementFacts {
  const { tag, path, checker, eventTypes } = around;
  const tags = (name: string): Named[] =>
    ts
      .getJSDocTags(element)
      .filter(({ tagName }) => tagName.text === name)
      .map((one) => split(ts.getTextOfJSDocComment(one.comment) ?? ''));
  const attributeOf = attributesOf(element);
  const publicMembers = element.members.filter(
    (member): member is ts.ClassElement & { readonly name: ts.Identifier } =>
      member.name !== undefined &&
      ts.isIdentifier(member.name) &&
      !(
        ts.getCombinedModifierFlags(member) &
        (ts.ModifierFlags.NonPublicAccessibilityModifier | ts.ModifierFlags.Static)
      ) &&
      !OF_THE_PLATFORM.test(member.name.text),
  );
  const fields = publicMembers
    .filter((member) => ts.isPropertyDeclaration(member) || ts.isSetAccessor(member))
    .map((member): Attribute => {
      const property = member.name.text;
      const type = typeOf(member, checker);
      const name = attributeOf.get(property) ?? property;
      return { name, property, type, isBoolean: type === 'boolean', description: docOf(member, `${tag}.${property}`) };
    });
  const isAttribute = ({ property }: Attribute): boolean => property !== null && attributeOf.has(property);
  const ofTheTag = ts
    .getJSDocTags(element)
    .filter(({ tagName }) => tagName.text === 'attr')
    .map((one) => attributeOfTag(ts.getTextOfJSDocComment(one.comment) ?? ''));
  // A verb that shares its name with an attribute stands there as an accessor.
  const verbs = publicMembers.filter((member) => ts.isMethodDeclaration(member) || ts.isGetAccessor(member));
  return {
    tag,
    className,
    path,
    superclass: element.heritageClauses?.some((clause) => clause.getText().includes('LitElement'))
      ? 'LitElement'
      : 'HTMLElement',
    summary: tags('summary')
      .map(({ name, description }) => `${name} ${description}`.trim())
      .join(' '),
    attributes: [...fields.filter(isAttribute), ...ofTheTag],
    properties: fields.filter(
      (field) => !isAttribute(field) && !verbs.some(({ name }) => name.text === field.property),
    ),
    methods: verbs.map((member) => ({
      name: member.name.text,
      description: docOf(member, `${tag}.${member.name.text}`),
      returns:
        /^Promise|async/.test(member.getText()) || member.getText().includes('): Promise') ? 'Promise<void>' : 'void',
    })),
    events: tags('fires').map((event) => ({ ...event, type: eventTypes.get(event.name) ?? 'Event' })),
    slots: tags('slot'),
    parts: tags('csspart'),
    customProperties: tags('cssproperty'),
    states: tags('cssstate'),
  };
}

/** `{boolean} required - The form waits …`, of an element whose attributes are no properties. */
function attributeOfTag(text: string): Attribute {
  const [, type = '', name = '', description = ''] = /^\{(.+?)\} ([\w-]+) - (.+)$/s.exec(text) ?? [];
  if (!name) throw new Error(`"@attr ${text}" is no attribute`);
  return { name, property: null, type, isBoolean: type === 'boolean', description: description.replace(/\s+/g, ' ') };
}

/** Property → attribute, from `static properties` or from decorators. */
function attributesOf(element: ts.ClassDeclaration): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const member of element.members) {
    if (!ts.isPropertyDeclaration(member) || member.name.getText() !== 'properties' || !member.initializer) continue;
    if (!ts.isObjectLiteralExpression(member.initializer)) throw new Error(`${member.getText()} is no list`);
    for (const one of member.initializer.properties) {
      const name = one.name?.getText() ?? '';
      const [, renamed] = /attribute: '([^']+)'/.exec(one.getText()) ?? [];
      found.set(name, renamed ?? name.toLowerCase());
    }
  }
  return found;
}

function typeOf(member: ts.ClassElement, checker: ts.TypeChecker): string {
  const at = ts.isSetAccessor(member) ? member.parameters[0] : member;
  if (!at) return 'unknown';
  const type = checker.getNonNullableType(checker.getTypeAtLocation(at));
  const flags =
    ts.TypeFormatFlags.NoTruncation |
    ts.TypeFormatFlags.InTypeAlias |
    ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;
  const text = (one: ts.Type): string => checker.typeToString(one, undefined, flags);
  // Named unions within a union would stay names, which nobody outside knows.
  return type.isUnion() && !(type.flags & ts.TypeFlags.Boolean) ? type.types.map(text).join(' | ') : text(type);
}

function docOf(member: ts.Node, name: string): string {
  const text = ts.getJSDocCommentsAndTags(member).flatMap((doc) => ts.getTextOfJSDocComment(doc.comment) ?? []);
  if (text.length === 0) throw new Error(`${name} says nothing about itself`);
  return text.join(' ').replace(/\s+/g, ' ');
}

/** `upload-done - Everything …`: the name may be empty, as that of the one slot is. */
function split(text: string): Named {
  const [, name = '', description = ''] = /^([\w-]*?)\s*(?:(?:^|\s)-\s+(.*))?$/s.exec(text) ?? ['', '', text];
  return { name, description: description.replace(/\s+/g, ' ').trim() };
}

function readEventTypes(source: ts.SourceFile | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', type = ''] of source?.text.matchAll(/^ {4}'([\w-]+)': (\w+);$/gm) ?? [])
    found.set(name, type);
  return found;
}
