import { refuse } from '#kernel';
import { chamberProfile, nameOf } from '../data/chamber-profiles.js';
import { checkMotion } from '../data/motion-form.js';
import type { MotionVariant } from './state.js';

/** Every rule of form that a variant breaks, by the profile of the day. */
export const formObstacles = (variants: readonly MotionVariant[], day: string) =>
  variants.flatMap((variant) => {
    const profile = chamberProfile(variant.chamber, 'harmonised-motion', day);
    const broken = profile ? checkMotion(profile, variant).filter((c) => !c.ok) : [];
    return broken.map(({ rule, have, need }) => refuse('statement.motion-form', { chamber: variant.chamber, profile: nameOf(profile!), rule, have, need }, 'SCR-1'));
  });
