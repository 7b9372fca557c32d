import type { Attribute, ElementFacts } from './read-elements.ts';

/** https://github.com/webcomponents/custom-elements-manifest, schema 2.1.0 */
export function customElementsManifest(elements: readonly ElementFacts[]): object {
  return {
    schemaVersion: '2.1.0',
    modules: elements.map((element) => ({
      kind: 'javascript-module',
      path: element.path,
      declarations: [
        {
          kind: 'class',
          customElement: true,
          name: element.className,
          tagName: element.tag,
          superclass: { name: element.superclass, ...(element.superclass === 'LitElement' && { package: 'lit' }) },
          description: element.summary,
          attributes: element.attributes.map(({ name, property, type, description }) => ({
            name,
            ...(property !== null && { fieldName: property }),
            type: { text: type },
            description,
          })),
          members: [
            ...fieldsOf(element).map(({ name, property, type, description }) => ({
              kind: 'field',
              name: property,
              type: { text: type },
              description,
              ...(element.attributes.some((attribute) => attribute.property === property) && { attribute: name }),
            })),
            ...element.methods.map(({ name, description, returns }) => ({
              kind: 'method',
              name,
              description,
              return: { type: { text: returns } },
            })),
          ],
          events: element.events.map(({ name, type, description }) => ({ name, type: { text: type }, description })),
          slots: element.slots,
          cssParts: element.parts,
          cssProperties: element.customProperties,
          cssStates: element.states,
        },
      ],
      exports: [
        { kind: 'js', name: element.className, declaration: { name: element.className, module: element.path } },
      ],
    })),
  };
}

/** https://github.com/microsoft/vscode-custom-data */
export function vsCodeData(elements: readonly ElementFacts[]): object {
  return {
    version: 1.1,
    tags: elements.map(({ tag, summary, attributes }) => ({
      name: tag,
      description: summary,
      attributes: attributes.map((attribute) => ({
        name: attribute.name,
        description: attribute.description,
        ...(attribute.isBoolean && { valueSet: 'v' }),
        ...(choicesOf(attribute).length > 0 && { values: choicesOf(attribute).map((name) => ({ name })) }),
      })),
    })),
  };
}

/** https://github.com/JetBrains/web-types */
export function webTypes(elements: readonly ElementFacts[], version: string): object {
  return {
    $schema: 'https://json.schemastore.org/web-types',
    name: 'secure-upload',
    version,
    'description-markup': 'markdown',
    contributions: {
      html: {
        elements: elements.map((element) => ({
          name: element.tag,
          description: element.summary,
          attributes: element.attributes.map(({ name, type, description, isBoolean }) => ({
            name,
            description,
            value: isBoolean ? { kind: 'no-value' } : { type },
          })),
          slots: element.slots,
          js: {
            properties: fieldsOf(element).map(({ property, type, description }) => ({
              name: property,
              description,
              value: { type },
            })),
            events: element.events.map(({ name, description }) => ({ name, description })),
          },
          css: { parts: element.parts, properties: element.customProperties },
        })),
      },
    },
  };
}

const fieldsOf = ({ attributes, properties }: ElementFacts): Attribute[] =>
  [...attributes, ...properties].filter(({ property }) => property !== null);

function choicesOf({ type }: Attribute): string[] {
  return [...type.matchAll(/'([^']+)'/g)].flatMap(([, choice]) => choice ?? []);
}
