/**
 * The official document as Typst sets it. Everything that people wrote comes in as data (`data.json`) and is never markup: a text that looks
 * like a command of the compiler is printed as it is.
 */
export const TEMPLATE = String.raw`
#let d = json("data.json")
#let ink = rgb("#16202a")
#let soft = rgb("#4a5968")
#let line-colour = rgb("#c4ccd4")
#set document(title: d.title, author: d.author, keywords: d.keywords, date: none)
// What stands apart from the direction of the page keeps its side of it.
#let near = if d.rtl { right } else { left }
#let far = if d.rtl { left } else { right }
#let at-start(value) = if d.rtl { (right: value) } else { (left: value) }
#set text(font: d.families, size: if d.script == "Arab" { 12.5pt } else { 10.5pt }, fill: ink, lang: d.lang, region: d.region, dir: if d.rtl { rtl } else { ltr }, fallback: true)
#set par(leading: if d.script == "Arab" { 0.8em } else { 0.72em }, spacing: 1.05em, justify: false, linebreaks: "optimized")
// A label, a number, a name stands apart from the direction of the words around it.
#let apart(it, lang: "en") = text(lang: lang, dir: ltr, it)
#let lines(s) = s.split("\n").join(linebreak())
#let digits(s, size: 7.5pt) = text(size: size, fill: soft, dir: ltr, lang: "en", s)

#set page(
  paper: "a4", margin: (top: 2.9cm, bottom: 2.7cm, x: 2.6cm),
  header: context if counter(page).get().first() > 1 [
    #set text(size: 8pt, fill: soft)
    #grid(columns: (1fr, auto), align: (near, far), d.short, d.language)
    #v(-0.5em) #line(length: 100%, stroke: 0.4pt + line-colour)
  ],
  footer: context [
    #set text(size: 8pt, fill: soft)
    #line(length: 100%, stroke: 0.4pt + line-colour) #v(-0.4em)
    #grid(columns: (1fr, auto), align: (near, far), digits(d.foot), apart[#counter(page).display() / #counter(page).final().first()])
  ],
)

#show heading.where(level: 1): it => block(above: 0.4em, below: 0.9em, text(size: 19pt, weight: "bold", hyphenate: false, it.body))
#show heading.where(level: 2): it => block(above: 2.2em, below: 0.9em, text(size: 11pt, weight: "bold", fill: soft, it.body))

#if d.above != "" [ #text(size: 9pt, fill: soft, d.above) ]
= #d.title
#if d.attribution != "" { block(text(size: 11.5pt, style: "italic", d.attribution)) }
#if d.status != "" { block(text(size: 9pt, fill: soft, d.status)) }
#for n in d.notices [
  #block(width: 100%, inset: (x: 0.9em, y: 0.7em), stroke: at-start(2pt + rgb("#7a4d00")), fill: rgb("#fbf4e3"), text(size: 9.5pt, lines(n)))
]
#v(0.8em)

#let clause(c) = block(breakable: true, below: 1.25em, grid(
  columns: (3.2em, 1fr), column-gutter: 0.6em, align: (near, if c.rtl { right } else { left }),
  text(size: 9pt, fill: soft, weight: "bold", apart(c.label)),
  text(lang: c.lang, dir: if c.rtl { rtl } else { ltr }, lines(c.text)),
))
#for c in d.clauses { clause(c) }

#if d.reservations.len() > 0 [
  == #d.words.reservations
  #for r in d.reservations [
    #block(below: 1.1em)[*#r.by*#if r.on != "" [ (#apart(r.on))] \ #text(lang: r.lang, dir: if r.rtl { rtl } else { ltr }, lines(r.text))]
  ]
]

#if d.signatories.len() > 0 [
  == #d.words.signatures
  #for p in d.signatories [
    #block(below: 0.6em, text(weight: "bold", size: 9.5pt, p.parliament))
    #for s in p.people [
      #block(inset: at-start(1em), below: 0.55em)[#if s.withdrawn { strike(s.name) } else { s.name } #text(fill: soft, size: 9pt, s.more)]
    ]
    #v(0.5em)
  ]
]

#if d.digest != "" [
  #block(above: 2.4em, breakable: false)[
    #line(length: 100%, stroke: 0.4pt + line-colour)
    #text(size: 8.5pt, fill: soft)[#d.words.verify] \
    #digits("SHA-256 " + d.digest) \
    #if d.address != "" { link(d.address, digits(d.address)) }
  ]
]
`;
