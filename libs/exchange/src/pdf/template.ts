/**
 * The official document as Typst sets it. Everything that people wrote comes in as data (`data.json`) and is never markup: a text that looks
 * like a command of the compiler is printed as it is.
 */
export const TEMPLATE = String.raw`
#let d = json("data.json")
#let ink = rgb("#14191f")
#let soft = rgb("#4a5560")
#let hair = 0.4pt + rgb("#9aa4ad")
#let grave = rgb("#7a3b00")
#set document(title: d.title, author: d.author, keywords: d.keywords, date: none)

// Arabic with its spaces and signs is one face, so that a line of it is one run of letters in their order; quotation marks and signs among Han are Han's.
#let arabic = (name: "Amiri", covers: regex("[\u{0600}-\u{06FF}\u{0750}-\u{077F}\u{08A0}-\u{08FF}\u{FB50}-\u{FDFF}\u{FE70}-\u{FEFF}\u{200C}-\u{200F} \u{A0}.,:;!?()\[\]«»“”‘’\-–—/0-9]"))
#let fonts(script, rtl) = {
  let all = ("Noto Serif", "Amiri") + if d.han { ("Noto Serif SC",) } else { () }
  if rtl { (arabic,) + all } else if d.han and script != "Latn" { ((name: "Noto Serif", covers: "latin-in-cjk"), "Noto Serif SC", "Noto Serif", "Amiri") } else { all }
}
#let body-size = if d.rtl { 13pt } else { 10.5pt }
// What is smaller than the text is so in every script alike: Amiri is drawn small.
#let small = if d.rtl { 10.5pt } else { 8.5pt }
// Unkerned from right to left: readers take the gap of a kerned pair for a space when they copy.
#set text(font: fonts(d.script, d.rtl), size: body-size, fill: ink, lang: d.lang, region: d.region, dir: if d.rtl { rtl } else { ltr }, fallback: true, number-type: "lining", hyphenate: false, kerning: not d.rtl)
#set par(leading: if d.rtl { 0.72em } else { 0.7em }, spacing: 1em, justify: d.script in ("Hans", "Hant", "Jpan"), linebreaks: "optimized")

// What stands apart from the direction of the page keeps its side of it.
#let near = if d.rtl { right } else { left }
#let far = if d.rtl { left } else { right }
#let at-start(value) = if d.rtl { (right: value) } else { (left: value) }
#let lines(s) = s.split("\n").join(linebreak())
// Numbers, digests and addresses, in Latin letters whatever the page is.
#let latin(s, size: 7.5pt, fill: soft) = text(font: ("Noto Serif", "Amiri"), size: size, fill: fill, dir: ltr, lang: "en", s)
// Of a text in another language than the page's: its own language, direction and faces.
#let own(it, body) = text(lang: it.lang, dir: if it.rtl { rtl } else { ltr }, font: fonts(if it.lang == d.lang { d.script } else { "Latn" }, it.rtl), body)

#set page(
  paper: "a4", margin: (top: 3cm, bottom: 2.9cm, x: 2.7cm), header-ascent: 38%, footer-descent: 34%,
  header: context if counter(page).get().first() > 1 {
    set text(size: small, fill: soft)
    set par(leading: 0.5em, justify: false)
    if d.warning != "" { align(center, text(fill: grave, weight: "bold", d.warning)); v(-0.35em) }
    grid(columns: (1fr, auto), column-gutter: 1.5em, align: (near, far), d.short, d.language)
    v(-0.4em)
    line(length: 100%, stroke: hair)
  },
  footer: context {
    set text(size: small, fill: soft)
    line(length: 100%, stroke: hair)
    v(-0.35em)
    grid(columns: (1fr, auto), column-gutter: 1.5em, align: (near, far), latin(d.foot), latin(size: 8.5pt)[#counter(page).display() / #counter(page).final().first()])
  },
)

#show heading.where(level: 1): it => block(width: 100%, above: 1.1em, below: 1.3em, align(center, text(size: if d.rtl { 24pt } else { 18pt }, weight: "bold", par(leading: 0.55em, justify: false, it.body))))
#show heading.where(level: 2): it => block(above: 2.4em, below: 1.1em, sticky: true, text(size: body-size + 1pt, weight: "bold", it.body))
#let titled(body) = block(width: 100%, below: 0.9em, align(center, body))

// Once among the words themselves: who listens to the document hears no headers.
#if d.warning != "" { titled(block(above: 0pt, stroke: 0.6pt + grave, inset: (x: 1em, y: 0.6em), text(size: small + 0.5pt, fill: grave, weight: "bold", d.warning))) }
#if d.network != "" {
  titled(text(size: if d.rtl { 15pt } else { 12pt }, weight: "bold", d.network))
  line(length: 100%, stroke: 0.9pt + ink)
  v(-0.82em)
  line(length: 100%, stroke: hair)
  v(0.9em)
}
#if d.kicker != "" { titled(text(size: small + 0.5pt, fill: soft, d.kicker)) }
#if d.heading != "" [= #d.heading]
#if d.attribution != "" { titled(text(size: body-size + 0.5pt, style: if d.upright { "normal" } else { "italic" }, d.attribution)) }
#titled(text(size: small, fill: soft, d.languageLine))
#for n in d.notices {
  block(width: 100%, inset: (x: 1em, y: 0.8em), stroke: at-start(2pt + grave), fill: rgb("#faf5ea"), text(size: body-size - 0.5pt)[#text(fill: grave, weight: "bold", n.at) \ #own(n, lines(n.text))])
}
#v(1em)

#let piece(p) = if p.look == "bracket" { text(fill: grave, weight: "bold", p.text) } else { lines(p.text) }
#let clause(c) = {
  let words = c.pieces.map(p => if p.look == "opening" { if c.upright { strong(piece(p)) } else { emph(piece(p)) } } else { piece(p) }).join()
  if c.title { heading(level: 1, words) } else {
    if c.begins { v(0.8em) }
    // Label and words stand on one line, whatever the faces and sizes of both.
    set text(top-edge: 0.72 * body-size)
    block(breakable: true, below: 1.2em, grid(
      columns: (3.4em, 1fr), column-gutter: 0.4em, align: (near, if c.rtl { right } else { left }),
      if c.label != "" { latin(size: 8.5pt, c.label) },
      own(c, words),
    ))
  }
}
#for c in d.clauses { clause(c) }

#if d.reservations.len() > 0 [
  == #d.words.reservations
  #for r in d.reservations {
    block(below: 1.3em, sticky: true)[*#r.by*#if r.on != "" [ (#latin(size: body-size - 1pt, fill: ink, r.on))]]
    block(below: 1.6em, inset: at-start(1.2em), own(r, lines(r.text)))
  }
]

#if d.signatories.len() > 0 [
  == #d.words.signatures
  #for p in d.signatories {
    block(above: 1.4em, below: 0.9em, sticky: true, text(weight: "bold", p.parliament))
    list(marker: none, body-indent: 0pt, indent: 1.2em, spacing: 0.85em, ..p.people.map(s => [#if s.withdrawn { strike(s.name) } else { s.name } #h(0.5em) #text(fill: soft, size: small + 0.5pt, s.more)]))
  }
]

#if d.digest != "" {
  block(above: 3em, breakable: false, width: 100%, {
    line(length: 100%, stroke: hair)
    if d.address != "" { text(size: small, fill: soft, d.words.verify); linebreak() }
    latin("SHA-256 " + d.digest)
    if d.address != "" { linebreak(); link(d.address, latin(d.address)) }
  })
}
`;
