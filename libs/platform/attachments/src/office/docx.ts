import type { StrippedKind, Stripped } from '../images/stripped.js';
import { bytesOf, pictureOf, Rewriting, xmlOf } from './parts.js';
import { fail, unzip, zipped } from './zip.js';

const TYPE = 'DOCX';
/** Somebody whose name is not told; Word wants one. */
const NOBODY = 'Author';
const EMPTY: Readonly<Record<string, string>> = {
  'docProps/core.xml': '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
  'docProps/app.xml': '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
  'docProps/custom.xml': '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
  'word/people.xml': '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>',
};
const LEFT_OUT: readonly (readonly [RegExp, StrippedKind])[] = [
  [/^customXml\//, 'private-data'],
  [/^docProps\/thumbnail\.|^docProps\/meta\d*\./, 'thumbnail'],
  [/^word\/(?:printerSettings|recipients)/, 'private-data'],
];

/** A DOCX without its properties, authors, times and revision marks. Refusals are thrown: macros, files and objects within, signatures. @throws Refused, Broken */
export async function stripDocx(bytes: Uint8Array): Promise<Stripped> {
  const parts = await unzip(bytes, TYPE);
  if (!parts.has('[Content_Types].xml') || !parts.has('word/document.xml')) fail('attachment.damaged', { type: TYPE });
  const found = new Set<StrippedKind>();
  const out = new Map<string, Uint8Array>();
  for (const [name, part] of parts) {
    if (/vba(?:Project|Data)|\.bin$|activeX\//i.test(name)) fail('attachment.macros');
    if (/^_xmlsignatures\//i.test(name)) fail('attachment.signed');
    if (/^word\/(?:embeddings|afchunk)|\/(?:afchunk|oleObject)[^/]*$/i.test(name)) fail('attachment.files-inside');
    const left = LEFT_OUT.find(([pattern]) => pattern.test(name));
    if (left !== undefined) found.add(left[1]);
    else if (Object.hasOwn(EMPTY, name)) {
      found.add(name === 'word/people.xml' ? 'authors' : 'properties');
      out.set(name, Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${EMPTY[name]!}`));
    } else if (name.endsWith('.rels')) out.set(name, bytesOf(relations(xmlOf(part, TYPE), found), TYPE));
    else if (/\.xml$/i.test(name)) out.set(name, bytesOf(rewritten(name, xmlOf(part, TYPE), found), TYPE));
    else if (name.startsWith('word/media/')) out.set(name, pictureOf(part, name, found));
    // Fonts that were put in, as they are.
    else if (/^word\/fonts\/[^/]+\.odttf$/i.test(name)) out.set(name, part);
    else fail('attachment.files-inside');
  }
  return { bytes: await zipped(out, '[Content_Types].xml'), stripped: [...found] };
}

/** Parts that are left out, and what would be fetched from elsewhere when somebody opens it, are no longer spoken of. */
function relations(text: string, found: Set<StrippedKind>): string {
  return text.replaceAll(/<(?:\w+:)?Relationship\s[^>]*>/g, (relation) => {
    const value = (attribute: string) => new RegExp(`\\s${attribute}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(relation)?.slice(1).find((v) => v !== undefined) ?? '';
    const target = value('Target');
    if (value('TargetMode') === 'External') {
      if (value('Type').endsWith('/hyperlink')) return relation;
      if (!value('Type').endsWith('/attachedTemplate')) return fail('attachment.files-inside');
      found.add('private-data');
      return '';
    }
    return /(?:^|\/)(?:customXml|printerSettings)\/|docProps\/(?:thumbnail|meta)|recipients/.test(target) ? '' : relation;
  });
}

function rewritten(name: string, text: string, found: Set<StrippedKind>): string {
  const part = new Rewriting(text, found);
  if (name === '[Content_Types].xml') {
    if (/macroEnabled|ms-word\.(?:document|template)\.macro|vbaProject/i.test(text)) fail('attachment.macros');
    part.text = text.replaceAll(/<(?:\w+:)?Override\s[^>]*PartName\s*=\s*["']\/(?:customXml|docProps\/(?:thumbnail|meta)|word\/(?:printerSettings|recipients))[^>]*>/g, '');
    return part.text;
  }
  return part
    .replace(/(\s[\w.-]+:author\s*=\s*)(?:"[^"]*"|'[^']*')/g, `$1"${NOBODY}"`, 'authors')
    .replace(/\s[\w.-]+:initials\s*=\s*(?:"[^"]*"|'[^']*')/g, '', 'authors')
    .replace(/\s[\w.-]+:(?:userId|providerId)\s*=\s*(?:"[^"]*"|'[^']*')/g, '', 'authors')
    .replace(/(<[\w.-]+:(?:ins|del|moveFrom|moveTo|comment|rPrChange|pPrChange|sectPrChange|tblPrChange|trPrChange|tcPrChange|numberingChange|cellIns|cellDel|cellMerge|moveFromRangeStart|moveToRangeStart|tblGridChange|tblPrExChange|customXml\w+RangeStart)\s[^>]*?)\s[\w.-]+:date\s*=\s*(?:"[^"]*"|'[^']*')/g, '$1', 'time')
    .replace(/\s[\w.-]+:dateUtc\s*=\s*(?:"[^"]*"|'[^']*')/g, '', 'time')
    .replace(/\s[\w.-]+:rsid\w*\s*=\s*(?:"[^"]*"|'[^']*')/g, '', 'revision-ids')
    .replace(/<([\w.-]+):rsids>[\s\S]*?<\/\1:rsids>/g, '', 'revision-ids')
    .replace(/<[\w.-]+:docId\s[^>]*\/>/g, '', 'document-ids')
    .replace(/<([\w.-]+):docVars>[\s\S]*?<\/\1:docVars>/g, '', 'private-data')
    .replace(/<([\w.-]+):mailMerge>[\s\S]*?<\/\1:mailMerge>/g, '', 'private-data')
    .replace(/<[\w.-]+:attachedTemplate\s[^>]*\/>/g, '', 'private-data')
    .replace(/<([\w.-]+):dataBinding\s[^>]*\/>/g, '', 'private-data').text;
}
