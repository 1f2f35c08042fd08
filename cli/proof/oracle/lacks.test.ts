import { describe, expect, it } from 'vitest';
import { lacks } from './lacks.ts';

describe('lacks', () => {
  it.each([
    ['The mapper type [wildcard] declared on field [a] does not exist. It might have been created within a future version or requires a plugin to be installed. Check the documentation.', '[wildcard]'],
    ['No handler for type [version] declared on field [v]', '[version]'],
    ['Unknown analyzer type [pattern] for [powershell]', 'analyzer type [pattern]'],
    ['Unknown char_filter type [mapping] for [x]', 'char_filter type [mapping]'],
  ])('names what a module brings: %s', (refusal, name) => {
    expect(lacks(refusal)).toBe(name);
  }); // prettier-ignore

  it('is nothing where a mapping is wrong', () => {
    expect(lacks('unknown parameter [x] on mapper [a] of type [keyword]')).toBeUndefined();
  });
});
