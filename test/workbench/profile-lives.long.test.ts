import { eachLeadsALife } from './profile-choices.ts';

eachLeadsALife(1);
