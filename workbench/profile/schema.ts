import { z } from 'zod';
import {
  forParameters,
  type Line,
  PARAMETERS,
  type ParameterName,
  PROFILE_NAMES,
  profileLine,
  profileSheet,
  UnitError,
} from '../../shared/index.ts';
import { keys, writtenJsonSchema } from '../scenario/text.ts';

/** A line as it stands in a file. What has only one unit, such as a choice, may leave it out. */
function lineOf(name: ParameterName) {
  const { about, units, value, read } = PARAMETERS[name];
  const [only = '', another] = units;
  const unit = z.enum(units).describe('Unit of the value');
  return keys({
    value: value.describe('The value'),
    unit: another === undefined ? unit.default(only) : unit,
    status: profileLine.shape.status.describe('How well the value is known'),
    source: z.string().min(1, 'expected where the value comes from').describe('Where the value comes from'),
  })
    .superRefine((line: Line, context) => {
      try {
        read(line);
      } catch (error) {
        if (!(error instanceof UnitError)) throw error;
        context.addIssue({ code: 'custom', path: ['value'], message: error.message });
      }
    })
    .exactOptional()
    .describe(about);
}

const { name, title, about } = profileSheet.shape;

/** A profile file, `thecal: profile/1`. */
export const profileFile = keys({
  thecal: z.literal('profile/1'),
  name: name
    .refine((given) => !PROFILE_NAMES.includes(given), 'the name of a shipped profile: expected one of its own')
    .describe('Its own name, of lower-case words and hyphens'),
  title: title.describe('What it is called, in a few words'),
  about: about.describe('What it stands for, and what of it is not modelled'),
  like: z.enum(PROFILE_NAMES).exactOptional().describe('A shipped profile that it is like but for the lines below'),
  parameters: keys(forParameters(lineOf)).describe(
    'Lines of its own, each with status and source; all of them where it is like no other',
  ),
});

/** The JSON Schema of a profile file, for editors. */
export function profileJsonSchema(): unknown {
  return { title: 'Thecal profile', ...writtenJsonSchema(profileFile) };
}
