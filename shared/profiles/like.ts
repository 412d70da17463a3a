import { forParameters, type Line, type ParameterName, type ProfileSheet } from '../profile.ts';

/** What a device is called, and what is known of it by itself. */
export interface Unlike extends Pick<ProfileSheet, 'name' | 'title' | 'about'> {
  readonly parameters: { readonly [K in ParameterName]?: Line };
}

/**
 * The sheet of a device that is like another one but for some lines. What a source says of the other says nothing of
 * this one: a line taken over is `assumed` and names where it was taken from. A parameter added to the other sheet
 * is in this one too.
 */
export function likeAnother(other: ProfileSheet, { parameters: own, ...named }: Unlike): ProfileSheet {
  const source = `as ${other.name}; no figure found for this one`;
  const parameters = forParameters((name): Line => {
    const { value, unit } = other.parameters[name];
    return own[name] ?? { value, unit, status: 'assumed', source };
  });
  return { ...named, parameters };
}
