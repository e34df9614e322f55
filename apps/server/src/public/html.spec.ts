import { html, jsonScript } from './html.js';

const HOSTILE = '</p><script>alert(1)</script> & "quoted" \'too\'';

describe('html', () => {
  it('escapes whatever is put in, in text and in attributes', () => {
    expect(html`<p title="${HOSTILE}">${HOSTILE}</p>`.text).toBe(
      '<p title="&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quoted&quot; &#39;too&#39;">&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quoted&quot; &#39;too&#39;</p>',
    );
  });
  it('keeps markup of other templates, leaves out what is not there, and the line breaks of its writer', () => {
    expect(html`<ul>
      ${[1, 2].map((n) => html`<li>${n}</li>`)}${null}${false}${undefined}
    </ul>`.text).toBe('<ul><li>1</li><li>2</li></ul>');
    expect(html`<p>${'two\n  lines'}</p>`.text).toBe('<p>two\n  lines</p>');
  });
  it('writes data that cannot end the element in which it stands', () => {
    const data = { a: HOSTILE, b: '\u2028<!--' };
    const { text } = jsonScript(data);
    expect(text).not.toMatch(/[<>&\u2028]/);
    expect(JSON.parse(text)).toEqual(data);
  });
});
