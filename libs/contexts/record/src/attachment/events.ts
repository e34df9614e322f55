import { Digest, EventCatalogue, type EventOf, Id, Label, PersonId, Prose, Text } from '#kernel';
import { z } from 'zod';

/** What files may be attached to: names of collections, with the categories of their streams. */
export const SUBJECTS = { statements: 'statement', mous: 'mou', groups: 'group', decisions: 'decision', meetings: 'meeting' } as const;
export type SubjectCollection = keyof typeof SUBJECTS;
export const Subject = z.object({ collection: z.enum(Object.keys(SUBJECTS) as [SubjectCollection, ...SubjectCollection[]]), id: Id });
export type Subject = z.output<typeof Subject>;

/** What was taken out of a file before it was kept. */
export const Stripped = z.array(
  z.enum([
    'exif', 'xmp', 'iptc', 'comment', 'text', 'time', 'thumbnail', 'trailing', 'other',
    'properties', 'document-ids', 'script', 'embedded-files', 'actions', 'authors', 'revision-ids', 'older-versions', 'private-data',
  ]),
).max(30);
export const FileName = Text(200).refine((name) => !/[/\\\n\t]/.test(name), { error: 'text' });

export const AttachmentEvents = new EventCatalogue('record', {
  FileAttached: z.object({
    attachmentId: Id,
    subject: Subject,
    name: FileName,
    /** By its content. */
    mediaType: z.string().regex(/^[a-z]+\/[a-z0-9.+-]{1,100}$/, { error: 'text' }),
    /** In bytes, as it is kept. */
    size: z.int().positive(),
    /** Of what is kept: its address in the store of bytes. */
    digest: Digest,
    /** Of what was sent. */
    originalDigest: Digest,
    stripped: Stripped,
    by: PersonId,
    /** Taken over from the subject: a file is read by those who may read what it belongs to (G5). */
    label: Label,
  }),
  AttachmentWithdrawn: z.object({ by: PersonId, reason: Prose }),
});
export type AttachmentSchemas = (typeof AttachmentEvents)['schemas'];
export type AttachmentEvent = EventOf<AttachmentSchemas>;
