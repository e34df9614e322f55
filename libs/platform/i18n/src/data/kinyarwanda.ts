/**
 * Names and patterns of Kinyarwanda. CLDR 48 has its months and no names of languages or countries, no list pattern and no plural;
 * Chromium has nothing of it. Months as in CLDR, with the spelling Nzeri of the orthography of 2014.
 */
export const KINYARWANDA = {
  numbers: { system: 'latn', decimal: ',', group: '.', groupFrom: 4 },
  months: {
    long: [
      'Mutarama', 'Gashyantare', 'Werurwe', 'Mata', 'Gicurasi', 'Kamena', 'Nyakanga', 'Kanama', 'Nzeri', 'Ukwakira', 'Ugushyingo', 'Ukuboza',
    ],
    short: ['Mut.', 'Gas.', 'Wer.', 'Mat.', 'Gic.', 'Kam.', 'Nya.', 'Kan.', 'Nze.', 'Ukw.', 'Ugu.', 'Uku.'],
  },
  dates: {
    day: '{day} {month} {year}',
    dayShort: '{day} {month} {year}',
    month: '{month} {year}',
    year: '{year}',
    time: '{date}, {time}',
  },
  lists: { and: { two: ' na ', middle: ', ', end: ' na ' }, or: { two: ' cyangwa ', middle: ', ', end: ' cyangwa ' } },
  languages: {
    en: 'Icyongereza', fr: 'Igifaransa', es: 'Icyesipanyoli', ar: 'Icyarabu', pt: 'Igiporutugali', rw: 'Ikinyarwanda',
    zh: 'Igishinwa', ru: 'Ikirusiya', cy: 'Ikiwelishi', sw: 'Igiswahili', de: 'Ikidage', it: 'Igitaliyani',
  },
  /** Those that the record speaks of most; the others have their English names. */
  countries: {
    RW: 'u Rwanda', BI: 'u Burundi', UG: 'Uganda', TZ: 'Tanzaniya', KE: 'Kenya', CD: 'Repubulika Iharanira Demokarasi ya Kongo',
    CG: 'Kongo Brazavile', CF: 'Santarafurika', SS: 'Sudani y’Epfo', SD: 'Sudani', SO: 'Somaliya', ET: 'Etiyopiya', ZA: 'Afurika y’Epfo',
    NG: 'Nijeriya', GH: 'Gana', SN: 'Senegali', EG: 'Misiri', GB: 'Ubwongereza', FR: 'Ubufaransa', BE: 'Ububiligi', DE: 'Ubudage',
    IT: 'Ubutaliyani', ES: 'Esipanye', PT: 'Porutugali', CH: 'Ubusuwisi', NL: 'Ubuholandi', US: 'Leta Zunze Ubumwe za Amerika',
    CA: 'Kanada', BR: 'Burezili', AU: 'Ositaraliya', NZ: 'Nuveli Zelande', JP: 'Ubuyapani', CN: 'Ubushinwa', RU: 'Uburusiya',
    IN: 'Ubuhinde', SE: 'Suwede', NO: 'Noruveje', UA: 'Ukereni', SY: 'Siriya', MM: 'Miyanimari', KH: 'Kamboje',
  },
} as const;
